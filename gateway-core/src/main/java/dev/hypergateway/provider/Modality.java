package dev.hypergateway.provider;

import dev.hypergateway.json.JsonName;

/** A kind of content that a model reads or makes. */
public enum Modality {
    /** Words. */
    @JsonName("text")
    TEXT,
    /** Pictures. */
    @JsonName("image")
    IMAGE,
    /** Sound. */
    @JsonName("audio")
    AUDIO,
    /** Films. */
    @JsonName("video")
    VIDEO,
    /** Documents with pages, such as PDF. */
    @JsonName("document")
    DOCUMENT
}
