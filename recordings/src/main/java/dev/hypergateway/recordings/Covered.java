package dev.hypergateway.recordings;

/**
 * What a test held a recording to: the two last columns of its row in {@code docs/recordings-<vendor>.md}.
 *
 * @param request {@code yes} when what we sent equals what was recorded, else why it was not compared
 * @param answer what was compared of the answer, for example {@code text, usage}
 */
public record Covered(String request, String answer) {
    /** The request was compared. */
    public static final String COMPARED = "yes";

    /** The recording has only the answer. */
    public static final String NOT_RECORDED = "not recorded";
}
