package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamRequestTest {
    @Test
    void shows_neither_user_nor_query_nor_headers_nor_body() {
        UpstreamRequest request = UpstreamRequest.postJson(
                URI.create("https://user:s3cret@a.example:8443/v1/chat?key=s3cret"),
                Map.of("Authorization", "Bearer s3cret"),
                "s3cret".getBytes(UTF_8));
        assertThat(request).hasToString("POST https://a.example:8443/v1/chat");
    }

    @Test
    void headers_of_an_answer_are_found_in_any_case() {
        UpstreamHeaders headers = UpstreamHeaders.of(
                Map.of("content-type", List.of("Text/Event-Stream; charset=utf-8"), "X-A", List.of("1", "2")));
        assertThat(headers.first("x-a")).contains("1");
        assertThat(headers.first("x-b")).isEmpty();
        assertThat(headers.hasContentType("text/event-stream")).isTrue();
        assertThat(headers).hasToString("[content-type, X-A]");
    }
}
