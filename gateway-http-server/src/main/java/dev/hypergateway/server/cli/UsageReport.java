package dev.hypergateway.server.cli;

import dev.hypergateway.provider.Redactor;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Tells of wrong arguments, without repeating what looks like a key. Stateless. */
final class UsageReport implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("hyper-gateway: " + Redactor.redact(String.valueOf(e.getMessage())));
        command.usage(err);
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
