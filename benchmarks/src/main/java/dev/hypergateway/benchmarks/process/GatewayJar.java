package dev.hypergateway.benchmarks.process;

import java.nio.file.Path;
import java.util.List;

/** The built jar of the standalone server, seen from the root of the repository. Stateless. */
public final class GatewayJar {
    private static final Path JAR = Path.of("gateway-http-server", "target", "hyper-gateway.jar");

    private GatewayJar() {}

    /** The arguments of Java that serve on a free port, from {@link #data} below this folder. */
    public static List<String> serve(Path folder) {
        return List.of(
                "-jar",
                JAR.toAbsolutePath().toString(),
                "serve",
                "--port",
                "0",
                "--data-dir",
                data(folder).toString());
    }

    /** Where such a server keeps its database and its master key. */
    public static Path data(Path folder) {
        return folder.resolve("data");
    }
}
