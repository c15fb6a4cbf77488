package dev.hypergateway.server.cli;

import dev.hypergateway.server.demo.Demo;
import dev.hypergateway.server.demo.DemoTour;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code demo}: the gateway at work in front of sandbox vendors. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Show failover with sandbox vendors: no account, no key, no network needed.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on (6161; with --once a free one).")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--once", description = "Make the calls, show what happened, and end.")
    private boolean once;

    DemoCommand() {}

    @Override
    public Integer call() {
        return once ? tour(System.out) : serve(System.out);
    }

    private int serve(PrintStream out) {
        Demo demo = Demo.start(host, port == null ? 6161 : port, new AuditTrail());
        out.println("The demo listens on " + demo.uri() + " (Ctrl-C stops it)");
        out.println("Gateway key: " + demo.gatewayKey());
        out.println("Four keys per vendor: one is dead, one rate limited, one out of quota, the last one works.");
        out.println("Try, and watch the log below:");
        new DemoTour(demo, out).printCommands();
        out.println();
        out.flush();
        ProcessEnd.await(demo::close);
        return ExitCode.OK;
    }

    private int tour(PrintStream out) {
        ConsoleLog.quiet();
        try (Demo demo = Demo.start(host, port == null ? 0 : port, event -> {})) {
            out.println("Sandbox vendors with four keys each: one is dead, one rate limited, one out of quota, the last"
                    + " one works.");
            boolean answered = new DemoTour(demo, out).run();
            return answered ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo did not reach its own gateway: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SOFTWARE;
        }
    }
}
