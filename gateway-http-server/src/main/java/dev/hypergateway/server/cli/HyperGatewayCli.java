package dev.hypergateway.server.cli;

import dev.hypergateway.server.GatewayServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The main class of the standalone jar. Without a command it serves. */
@Command(
        name = "hyper-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = HyperGatewayCli.Version.class,
        description =
                "An AI gateway: calls that get answered when a key is dead, a quota is used up or a vendor is down.",
        footer = {
            "",
            "Each setting may stand on the command line, in the environment, or in a file .env in the working folder;",
            "the first one found counts. Vendor keys of the environment: GOOGLE_AI_STUDIO_API_KEY, XAI_API_KEY."
        },
        subcommands = {ServeCommand.class, DemoCommand.class, KeysCommand.class})
public final class HyperGatewayCli implements Runnable {
    @Mixin
    private final ServeOptions options = new ServeOptions();

    HyperGatewayCli() {}

    /** Runs a command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for wrong usage. */
    public static void main(String[] args) {
        ConsoleLog.configure();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new HyperGatewayCli())
                .setExecutionExceptionHandler(new FailureReport())
                .setParameterExceptionHandler(new UsageReport())
                .setUsageHelpWidth(110);
    }

    @Override
    public void run() {
        new ServeCommand(options).run();
    }

    /** Says the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Hyper AI Gateway " + GatewayServer.version()};
        }
    }
}
