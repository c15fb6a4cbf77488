package dev.hypergateway.testkit;

/** The request is wrong, and this is what the vendor says to it. */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient WireResponse response;

    Rejection(WireResponse response) {
        super("the request was refused with status " + response.status(), null, false, false);
        this.response = response;
    }

    WireResponse response() {
        return response;
    }
}
