package dev.hypergateway.server.http;

/** A field of a request that is missing or has a value that makes no sense: status 422. */
public final class InvalidField extends Problem {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String field;

    /**
     * @param place where the field stands: {@code body} or {@code query}
     * @param field its name
     * @param message what is wrong; it does not repeat the value, which may be a secret
     */
    public InvalidField(String place, String field, String message) {
        super(422, "invalid_value", field, message);
        this.place = place;
        this.field = field;
    }

    public String place() {
        return place;
    }

    public String field() {
        return field;
    }
}
