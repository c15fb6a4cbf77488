package dev.hypergateway.benchmarks.measure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Requests as OpenAI's SDKs write them. */
public final class Bodies {
    private static final int SMALL = 2048;
    private static final int LARGE = 200 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final String PICTURE = picture();

    private Bodies() {}

    /** Two kilobytes: a system message, three turns and a question. */
    public static byte[] small(String model, boolean stream) {
        String head = """
                {"model":"%s","messages":[\
                {"role":"system","content":"You are a helpful assistant. Answer briefly, and say \\"I do not know\\" if so."},\
                {"role":"user","content":"Why is the sky blue?"},\
                {"role":"assistant","content":"Air scatters blue light more than red light.\\nThat is Rayleigh scattering."},\
                {"role":"user","content":"%s"}],"temperature":0.7,"max_tokens":500%s}""";
        String streaming = stream ? ",\"stream\":true" : "";
        int missing = SMALL - head.formatted(model, "", streaming).length();
        String question = "And why is it red in the evening? Think of the way of the light through the air. "
                .repeat(missing / 40)
                .substring(0, missing);
        return head.formatted(model, question, streaming).getBytes(StandardCharsets.UTF_8);
    }

    /** Two hundred kilobytes: a question about a picture. */
    public static byte[] large(String model) {
        return """
                {"model":"%s","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},\
                {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}],"max_tokens":500}""".formatted(model, PICTURE).getBytes(StandardCharsets.UTF_8);
    }

    private static String picture() {
        byte[] bytes = new byte[LARGE * 3 / 4 / 3 * 3];
        new Random(7).nextBytes(bytes);
        System.arraycopy(PNG, 0, bytes, 0, PNG.length);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
