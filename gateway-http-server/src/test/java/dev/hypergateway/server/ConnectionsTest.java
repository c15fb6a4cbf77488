package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the JDK's server does with connections by itself, and must not do here. */
class ConnectionsTest {
    /** By default the JDK keeps 200 idle connections and closes any more under their clients. */
    private static final int MANY = 300;

    private static final Pattern CHUNK = Pattern.compile("\r\n([0-9a-f]+)\r\n");

    @Test
    void keeps_hundreds_of_idle_connections() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try (RunningGateway running = new RunningGateway()) {
            for (int i = 0; i < MANY; i++) {
                connections.add(new RawConnection(running.server.uri()));
            }
            for (int round = 0; round < 2; round++) {
                for (RawConnection connection : connections) {
                    connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                    assertThat(connection.readUntil("}")).startsWith("HTTP/1.1 200");
                }
            }
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    /** In a process of its own, because the JDK reads the property once and another test may have come first. */
    @Test
    void answers_without_the_delay_of_nagles_algorithm() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=jdk.httpserver/sun.net.httpserver=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NoDelay.class.getName())
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("noDelay true");
    }

    @Test
    void no_event_is_split_over_two_chunks() throws IOException {
        try (RunningGateway running = new RunningGateway();
                RawConnection client = new RawConnection(running.server.uri())) {
            running.store("xai", "xai-key-0001");
            client.request("POST /v1/chat/completions", "", RunningGateway.body("x-ai/grok-4", "[[words:400]]", true));

            String answer = client.readAll();

            List<String> chunks = chunks(answer.substring(answer.indexOf("\r\n\r\n") + 2));
            assertThat(chunks).allSatisfy(chunk -> assertThat(chunk).endsWith("\n\n"));
            assertThat(String.join("", chunks)).contains("word400").endsWith("data: [DONE]\n\n");
        }
    }

    private static List<String> chunks(String body) {
        List<String> found = new ArrayList<>();
        Matcher size = CHUNK.matcher(body);
        for (int at = 0; size.find(at); ) {
            int end = size.end() + Integer.parseInt(size.group(1), 16);
            if (end > size.end()) {
                found.add(body.substring(size.end(), end));
            }
            at = end;
        }
        return found;
    }

    /** Starts a server and prints what the JDK's has understood. */
    static final class NoDelay {
        private NoDelay() {}

        public static void main(String[] arguments) throws ReflectiveOperationException {
            try (Gateway gateway = Gateway.builder().build();
                    GatewayServer server =
                            GatewayServer.builder().gateway(gateway).port(0).build()) {
                server.start();
                Method noDelay =
                        Class.forName("sun.net.httpserver.ServerConfig").getDeclaredMethod("noDelay");
                noDelay.setAccessible(true);
                System.out.println("noDelay " + noDelay.invoke(null));
            }
            System.exit(0);
        }
    }
}
