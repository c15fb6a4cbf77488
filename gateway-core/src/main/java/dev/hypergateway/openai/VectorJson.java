package dev.hypergateway.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors in OpenAI's two forms. Stateless. */
final class VectorJson {
    private VectorJson() {}

    /** The vector in the form that was asked for. */
    static Object write(float[] vector, VectorFormat format) {
        if (format == VectorFormat.FLOAT) {
            return vector;
        }
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /**
     * Reads either form, as vendors do not all heed what they are asked for.
     *
     * @throws OpenAiFormatException when it is neither
     */
    static float[] read(String path, @Nullable Object value) {
        if (value instanceof String base64) {
            return ofBase64(path, base64);
        }
        if (!(value instanceof List<?> numbers) || numbers.isEmpty()) {
            throw new OpenAiFormatException("it has no vector at " + path, path, null);
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Number number)) {
                throw new OpenAiFormatException("it has a vector with something else than numbers", path, null);
            }
            vector[i] = number.floatValue();
        }
        return vector;
    }

    private static float[] ofBase64(String path, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Not the cause: it quotes what it stumbled over.
            throw new OpenAiFormatException("it has a vector that is not base64", path, null);
        }
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
            throw new OpenAiFormatException("it has a vector of " + bytes.length + " bytes", path, null);
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
