package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.testkit.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamedAnswerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "google/gemini-2.5-flash";
    private static final String KEY = "good-key-000000";
    private static final Duration LONG = Duration.ofSeconds(15);

    private RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void streams_chunks_and_ends_with_one_done() throws Exception {
        running.store("google", KEY);

        HttpResponse<InputStream> response = running.open(running.streamRequest(MODEL, "[[words:5]]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(response.headers().firstValue("x-hyper-attempts")).contains("1");
        List<String> lines = dataLines(response);
        assertThat(lines).last().isEqualTo("[DONE]");
        assertThat(lines).filteredOn("[DONE]"::equals).hasSize(1);
        assertThat(text(lines)).isEqualTo("word1 word2 word3 word4 word5");
        assertThat(lines)
                .filteredOn(line -> line.contains("\"finish_reason\":\"stop\""))
                .hasSize(1);
    }

    @Test
    void a_failure_before_the_first_content_is_invisible() throws Exception {
        running.store("google", "first-key-000000");
        running.store("google", KEY);
        running.sandbox.gemini().script("first-key-000000", Reply.ok().cutAfter(0));

        HttpResponse<InputStream> response = running.open(running.streamRequest(MODEL, "[[words:3]]"));
        List<String> lines = dataLines(response);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(lines)).isEqualTo("word1 word2 word3");
        assertThat(lines).noneMatch(line -> line.contains("error")).last().isEqualTo("[DONE]");
        assertThat(Integer.parseInt(
                        response.headers().firstValue("x-hyper-attempts").orElse("0")))
                .isGreaterThan(1);
    }

    @Test
    void a_stream_that_fails_before_it_began_has_a_true_status() throws Exception {
        running.store("google", "dead-key-000000");
        running.sandbox.gemini().script("dead-key-000000", Reply.invalidKey());

        HttpResponse<String> response = running.send(running.streamRequest(MODEL, "hello"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(JSON.readTree(response.body()).at("/error/type").asText()).isEqualTo("api_error");
    }

    @Test
    void a_cut_after_content_is_told_by_an_error_event_and_a_cut_connection() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().cutAfter(2));

        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, "[[words:9]]", true));
            String answer = client.readAll();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("word1", "word2")
                    .doesNotContain("word3");
            assertThat(answer).contains("data: {\"error\":{\"message\":", "\"code\":\"stream_interrupted\"");
            assertThat(answer).doesNotContain("[DONE]", "\"finish_reason\":\"stop\"");
            assertThat(answer).as("no clean end of the chunked body").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void clients_see_the_cut_as_a_broken_transfer() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().cutAfter(2));

        HttpResponse<InputStream> response = running.open(running.streamRequest(MODEL, "[[words:9]]"));

        assertThatThrownBy(() -> dataLines(response)).isInstanceOf(IOException.class);
    }

    @Test
    void a_client_that_hangs_up_between_chunks_stops_the_vendor() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().between(Duration.ofMillis(100)));

        hangUpAfter("word2", "[[words:500]]");

        assertThat(running.sandbox.gemini().awaitAbort(LONG)).isTrue();
    }

    @Test
    void a_client_that_hangs_up_while_the_vendor_is_silent_stops_the_vendor() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().stallAfter(2));

        hangUpAfter("word2", "[[words:500]]");

        assertThat(running.sandbox.gemini().awaitAbort(LONG)).isTrue();
    }

    @Test
    void a_client_that_hangs_up_before_the_first_token_stops_the_vendor() throws Exception {
        restart(Duration.ofMillis(100), Duration.ofMillis(100));
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.hang());

        hangUpAfter(": keep-alive", "hello");

        assertThat(running.sandbox.gemini().awaitAbort(LONG)).isTrue();
        assertThat(running.sandbox.gemini().requests()).hasSize(1);
    }

    @Test
    void a_slow_answer_is_opened_by_comments_and_still_fails_over() throws Exception {
        restart(Duration.ofMillis(50), Duration.ofMillis(50));
        running.store("google", "slow-key-000000");
        running.store("google", KEY);
        running.sandbox.gemini().script("slow-key-000000", Reply.rateLimited().delay(Duration.ofMillis(600)));

        HttpResponse<InputStream> response = running.open(running.streamRequest(MODEL, "[[words:3]]"));
        String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(response.headers().firstValue("x-hyper-attempts")).isEmpty();
        assertThat(body).startsWith(": keep-alive\n\n").contains("word3").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_failure_after_comments_opened_the_answer_is_told_by_an_error_event() throws Exception {
        restart(Duration.ofMillis(50), Duration.ofMillis(50));
        running.store("google", "slow-key-000000");
        running.sandbox.gemini().script("slow-key-000000", Reply.invalidKey().delay(Duration.ofMillis(600)));

        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, "hello", true));
            String answer = client.readAll();

            assertThat(answer).startsWith("HTTP/1.1 200").contains(": keep-alive", "data: {\"error\":");
            assertThat(answer).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_off_and_the_vendor_stopped() throws Exception {
        running.close();
        running = new RunningGateway(builder -> builder.writeTimeout(Duration.ofMillis(300)));
        running.store("google", KEY);
        running.sandbox
                .gemini()
                .answerer(request -> dev.hypergateway.testkit.SandboxAnswer.chunks(
                        java.util.Collections.nCopies(2000, "x".repeat(20_000))));

        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, "hello", true));

            assertThat(running.sandbox.gemini().awaitAbort(LONG)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash, 1", "gemini-3.6-flash, 2"})
    void a_stream_that_breaks_off_is_finished_by_a_model_that_goes_on_from_it_or_is_asked_again(
            String fallback, int requests) throws Exception {
        running.close();
        running = new RunningGateway(
                Map.of(
                        "HYPER_MID_STREAM", "resume",
                        "HYPER_ROUTES", "rescued = x-ai/grok-4.3, google/" + fallback,
                        "HYPER_PREFILL_MODELS", "google/gemini-3.6-flash"),
                new InMemoryKeyStore(),
                builder -> builder);
        running.store("xai", KEY);
        running.store("google", KEY);
        running.sandbox.xai().script(KEY, Reply.ok().cutAfter(3));

        List<String> lines = dataLines(running.open(running.streamRequest("rescued", "[[words:5]]")));

        assertThat(text(lines)).isEqualTo("word1 word2 word3 word4 word5");
        assertThat(lines).last().isEqualTo("[DONE]");
        assertThat(lines)
                .filteredOn(line -> line.contains("\"x_hyper_resumed\":\"google\""))
                .hasSize(1);
        assertThat(running.sandbox.xai().requests()).hasSize(1);
        assertThat(running.sandbox.gemini().requests()).hasSize(requests);
    }

    @Test
    void each_of_200_concurrent_streams_gets_exactly_its_own_text() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().between(Duration.ofMillis(2)));
        ExecutorService clients = Executors.newFixedThreadPool(200);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String prompt = "caller " + i + " says " + "la ".repeat(i % 17) + "end";
                answers.add(clients.submit(() -> text(dataLines(running.open(running.streamRequest(MODEL, prompt))))));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).get())
                        .isEqualTo("You said: caller " + i + " says " + "la ".repeat(i % 17) + "end");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void hangUpAfter(String seen, String prompt) throws IOException {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, prompt, true));
            client.readUntil(seen);
        }
    }

    private void restart(Duration first, Duration interval) {
        running.close();
        running = new RunningGateway(builder -> builder.keepAlive(first, interval));
    }

    private static List<String> dataLines(HttpResponse<InputStream> response) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("data: ")) {
                    lines.add(line.substring("data: ".length()));
                }
            }
        }
        return lines;
    }

    private static String text(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (!line.equals("[DONE]")) {
                JsonNode chunk = JSON.readTree(line);
                text.append(chunk.at("/choices/0/delta/content").asText(""));
            }
        }
        return text.toString();
    }
}
