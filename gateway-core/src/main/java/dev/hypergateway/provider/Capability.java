package dev.hypergateway.provider;

import dev.hypergateway.json.JsonName;

/** Something that a model can do beyond answering text with text. */
public enum Capability {
    /** Answers piece by piece. */
    @JsonName("streaming")
    STREAMING,
    /** Calls functions. */
    @JsonName("tools")
    TOOLS,
    /** Keeps to a JSON Schema. */
    @JsonName("structured_output")
    STRUCTURED_OUTPUT,
    /** Understands pictures. */
    @JsonName("vision")
    VISION,
    /** Thinks before it answers. */
    @JsonName("reasoning")
    REASONING,
    /** Searches the web by itself. */
    @JsonName("search")
    SEARCH,
    /** Goes on, without repeating it, from the beginning of an answer that the caller gives as the last turn of the conversation. */
    @JsonName("prefill")
    PREFILL,
    /** Turns text into vectors. */
    @JsonName("embeddings")
    EMBEDDINGS,
    /** Makes pictures. */
    @JsonName("image_generation")
    IMAGE_GENERATION
}
