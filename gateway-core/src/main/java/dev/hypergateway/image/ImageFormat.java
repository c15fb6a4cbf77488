package dev.hypergateway.image;

import dev.hypergateway.json.JsonName;

/** How a picture is handed over. */
public enum ImageFormat {
    /** An address from which it can be fetched for a while. */
    @JsonName("url")
    URL,
    /** The picture itself. */
    @JsonName("b64_json")
    DATA;

    /** OpenAI's name for it. */
    public String value() {
        return this == URL ? "url" : "b64_json";
    }
}
