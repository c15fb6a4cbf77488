package dev.hypergateway.testkit;

/** What can go wrong inside an answer. */
enum StreamFault {
    /** Silence after n chunks, until the client gives up. */
    STALL,
    /** FIN after n chunks, without the end of the body. */
    CUT,
    /** RST after n chunks. */
    RESET,
    /** An error object as an event after n chunks, then the proper end of the body. */
    ERROR_EVENT,
    /** Chunk n, counted from 1, is broken JSON. */
    MALFORMED,
    /** No {@code [DONE]}. */
    NO_DONE,
    /** No finish reason. */
    NO_FINISH,
    /** Headers and the proper end of an empty body. */
    EMPTY,
    /** The body breaks off inside a chunk that was announced whole. */
    TRUNCATED,
    /** Status 200 with an error object as the whole body. */
    ERROR_WITH_200;

    /** Whether an answer with this fault never reaches its finish reason. */
    boolean endsEarly() {
        return this == STALL || this == CUT || this == RESET || this == ERROR_EVENT || this == TRUNCATED;
    }
}
