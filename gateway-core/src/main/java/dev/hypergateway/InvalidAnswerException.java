package dev.hypergateway;

import java.util.List;

/**
 * The model answered, but not in the form that was asked for, not even when shown the problem: look at {@link #answer()}, simplify
 * the record, or use a stronger model. Status 502.
 */
public final class InvalidAnswerException extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final transient String answer;
    private final transient List<String> problems;

    InvalidAnswerException(String message, Details details, String answer, List<String> problems) {
        super(message, details, null);
        this.answer = answer;
        this.problems = List.copyOf(problems);
    }

    /** The model's last answer, exactly as it came. */
    public String answer() {
        return answer;
    }

    /** What does not fit, one entry for each place, for example {@code lines[2].amount: expected a number, but got null}. */
    public List<String> problems() {
        return problems;
    }
}
