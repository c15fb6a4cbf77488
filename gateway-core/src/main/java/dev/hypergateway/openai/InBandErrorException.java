package dev.hypergateway.openai;

import java.util.Objects;

/** A vendor's error object where an answer was expected: in a 2xx answer or inside a stream. */
public final class InBandErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String json;

    /**
     * @param json the vendor's JSON as it came; it may quote a key, so redact it before showing it
     */
    public InBandErrorException(String json) {
        super("the vendor sent an error in place of an answer");
        this.json = Objects.requireNonNull(json, "json");
    }

    /** The vendor's JSON as it came. */
    public String json() {
        return json;
    }
}
