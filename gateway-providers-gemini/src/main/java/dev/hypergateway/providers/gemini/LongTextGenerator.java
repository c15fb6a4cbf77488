package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.hypergateway.json.PlainText;
import java.io.IOException;

/** Writes long plain texts, which are pictures and the like in base64, as they are. Not thread-safe. */
final class LongTextGenerator extends JsonGeneratorDelegate {
    private static final int LONG = 4096;

    LongTextGenerator(JsonGenerator json) {
        super(json);
    }

    @Override
    public void writeString(String text) throws IOException {
        byte[] plain = text.length() < LONG ? null : PlainText.bytes(text);
        if (plain == null) {
            super.writeString(text);
        } else {
            writeRawUTF8String(plain, 0, plain.length);
        }
    }
}
