package dev.hypergateway.server.cli;

/** A command that cannot do what it was asked for. The message ends with the remedy. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
