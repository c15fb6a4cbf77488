package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyStoreException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells of a failed command: in one line when it is something the user can mend, with its trace otherwise. Stateless. */
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        boolean expected = e instanceof CommandFailure
                || e instanceof IllegalArgumentException
                || e instanceof KeyStoreException
                || e instanceof UncheckedIOException;
        if (expected) {
            command.getErr().println("hyper-gateway: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
