package dev.hypergateway.benchmarks.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The bytes of all answers under one {@link Behaviour}, rendered once. */
final class Answers {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int EVENT_BYTES = 253;

    private final Map<VendorForm, byte[]> whole = new EnumMap<>(VendorForm.class);
    private final Map<VendorForm, byte[]> events = new EnumMap<>(VendorForm.class);
    private final Map<VendorForm, byte[]> endings = new EnumMap<>(VendorForm.class);

    Answers(Behaviour behaviour) {
        for (VendorForm form : VendorForm.values()) {
            int envelope = form.answer(Stamp.PLACE).length();
            String text = Stamp.PLACE + " word".repeat(Math.max(0, behaviour.answerBytes() - envelope) / 5);
            whole.put(form, json("200 OK", "", form.answer(text)));
            int frame = form.event(Stamp.PLACE).length() + "data: \n\n".length();
            String piece = Stamp.PLACE + " word".repeat(Math.max(0, EVENT_BYTES - frame) / 5);
            events.put(form, chunk(form.event(piece)));
            ByteArrayOutputStream ending = new ByteArrayOutputStream();
            form.ending().forEach(data -> ending.writeBytes(chunk(data)));
            ending.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            endings.put(form, ending.toByteArray());
        }
    }

    /** A whole answer that says how long it took, in nanoseconds. */
    ByteBuffer whole(VendorForm form, long took) {
        return stamped(bytes(whole, form), took);
    }

    /** An event that says when it was sent. */
    ByteBuffer event(VendorForm form, long now, int number) {
        byte[] copy = bytes(events, form).clone();
        Stamp.write(copy, Stamp.placeIn(copy), now);
        int count = Stamp.countIn(copy);
        if (count >= 0) {
            Stamp.write(copy, count + 1, Stamp.COUNT.length() - 1, number);
        }
        return ByteBuffer.wrap(copy);
    }

    ByteBuffer ending(VendorForm form) {
        return ByteBuffer.wrap(bytes(endings, form)).asReadOnlyBuffer();
    }

    /** An event with other data than usual. */
    static ByteBuffer event(String data) {
        return ByteBuffer.wrap(chunk(data));
    }

    static ByteBuffer streamHead() {
        return ByteBuffer.wrap(STREAM_HEAD.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] json(String status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(status, headers, bytes.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] bytes(Map<VendorForm, byte[]> rendered, VendorForm form) {
        return Objects.requireNonNull(rendered.get(form), "every form is rendered");
    }

    private static ByteBuffer stamped(byte[] template, long nanos) {
        byte[] copy = template.clone();
        Stamp.write(copy, Stamp.placeIn(copy), nanos);
        return ByteBuffer.wrap(copy);
    }

    private static byte[] chunk(String data) {
        String event = "data: " + data + "\n\n";
        return (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
