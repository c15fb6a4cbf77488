package dev.hypergateway.openai;

/** How a vector is written in JSON: OpenAI's {@code encoding_format}. */
public enum VectorFormat {
    /** An array of numbers, {@code float}. */
    FLOAT,
    /** Base64 of 32-bit floats, little endian, {@code base64}: what OpenAI's own clients ask for unless told otherwise. */
    BASE64
}
