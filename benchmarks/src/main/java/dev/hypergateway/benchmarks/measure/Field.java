package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.floor.PassThrough;
import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers of one JDK, running. */
public final class Field implements AutoCloseable {
    private final Jdk jdk;
    private final Vendors vendors;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final GatewayProcess gateway;

    private Field(Jdk jdk, Vendors vendors) {
        this.jdk = jdk;
        this.vendors = vendors;
        URI direct = vendors.openAi();
        contestants.add(new Contestant(
                "direct", Kind.DIRECT, direct, Map.of("Authorization", "Bearer direct"), "grok-4", null));
        Child passThrough = Child.start(java(jdk, PassThrough.class, direct.toString()), Map.of(), Child.folder());
        servers.add(passThrough);
        contestants.add(new Contestant(
                "pass-through",
                Kind.PASS_THROUGH,
                passThrough.address().resolve("/v1/chat/completions"),
                Map.of("Authorization", "Bearer pass"),
                "grok-4",
                passThrough));
        gateway = GatewayProcess.start(jdk, List.of(), vendors);
        servers.add(gateway);
        contestants.addAll(gateway.contestants());
    }

    /**
     * Starts the pass-through, the gateway and the others.
     *
     * @param others commands of other servers, see {@link Other}
     */
    public static Field open(Jdk jdk, Vendors vendors, List<Path> others) {
        Field field = new Field(jdk, vendors);
        try {
            for (Path command : others) {
                Other other = Other.start(command, vendors.openAi());
                field.servers.add(other);
                field.contestants.add(other.contestant());
            }
            return field;
        } catch (RuntimeException e) {
            field.close();
            throw e;
        }
    }

    /** The command that runs a class of this jar. */
    static List<String> java(Jdk jdk, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                jdk.java(),
                "-Xmx512m",
                "-Xlog:gc:file=gc.log",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String absolute(String classPath) {
        String separator = System.getProperty("path.separator");
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(java.util.regex.Pattern.quote(separator), -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(separator, entries);
    }

    public Jdk jdk() {
        return jdk;
    }

    Vendors vendors() {
        return vendors;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    /** All ways to the vendor; the pass-through is one of them. */
    List<Contestant> contestants() {
        return contestants;
    }

    /** All ways of some kinds. */
    List<Contestant> contestants(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return contestants.stream().filter(each -> wanted.contains(each.kind())).toList();
    }

    /** The gateway with a vendor of OpenAI's dialect. */
    Contestant reference() {
        return contestants(Kind.GATEWAY).get(0);
    }

    void behave(Behaviour behaviour) {
        vendors.behave(behaviour);
    }

    @Override
    public void close() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                System.err.println("a server could not be closed: " + e);
            }
        }
    }
}
