package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.h2.engine.SysProperties;

/** A second Java process that adds a key to a data folder, and then ends or stays until it is killed. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Arguments: folder, secret, and {@code stay} or {@code leave}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = Map.of("HYPER_DATA_DIR", arguments[0]);
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            JdbcKeyStore store = new JdbcKeyStore(database, MasterKeys.open(database, settings));
            store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of(arguments[1]), "from outside"));
            System.out.println("listens on " + SysProperties.BIND_ADDRESS);
            System.out.println("added");
            if (arguments[2].equals("stay")) {
                new CountDownLatch(1).await();
            }
        }
    }

    static OtherProcess start(Path folder, String secret, String then) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString(),
                secret,
                then));
        return new OtherProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Everything it prints until the key is added, or until it ends. */
    String untilAdded() throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.equals("added")) {
                break;
            }
        }
        return seen.toString();
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills it as the kernel does when memory runs out. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
