package dev.hypergateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayBuilderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a url",
                "ftp://host",
                "/path",
                "https://user:pw@host/v1",
                "https://host/v1?key=x",
                "https://"
            })
    void a_base_address_that_makes_no_sense_is_refused_by_name_and_without_its_value(String value) {
        GatewayBuilder builder =
                Gateway.builder().provider(new ScriptedProvider("alpha")).settings(Map.of("ALPHA_BASE_URL", value));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ALPHA_BASE_URL")
                .hasMessageNotContaining("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/v1",
                "http://127.0.0.1:9/v1/",
                "http://127.0.0.1:9/v1/chat/completions",
                "http://127.0.0.1:9/v1/chat/completions/"
            })
    void a_base_address_may_be_that_of_the_chat_endpoint(String value) {
        List<URI> seen = new ArrayList<>();
        ScriptedProvider provider = new ScriptedProvider("alpha").on("*", ScriptedProvider.events(call -> {
            seen.add(call.baseUri());
            return List.of(new ChatEvent.TextDelta(0, "ok"));
        }));
        try (Gateway gateway = Gateway.builder()
                .provider(provider)
                .settings(Map.of("ALPHA_BASE_URL", value, "ALPHA_API_KEY", "key"))
                .build()) {
            gateway.chat("alpha/one", "Hi");
        }
        assertThat(seen).containsExactly(URI.create("http://127.0.0.1:9/v1"));
    }

    @Test
    void an_environment_key_with_a_line_break_is_refused_by_name_and_without_its_value() {
        GatewayBuilder builder = Gateway.builder()
                .provider(new ScriptedProvider("alpha"))
                .settings(Map.of("ALPHA_API_KEY", "good,se cret\nx"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ALPHA_API_KEY #2")
                .hasMessageNotContaining("cret\n");
    }

    @Test
    void two_providers_may_not_share_an_id_and_a_route_must_name_known_models() {
        assertThatThrownBy(Gateway.builder()
                        .provider(new ScriptedProvider("alpha"))
                        .provider(new ScriptedProvider("alpha"))::build)
                .hasMessageContaining("alpha");
        assertThatThrownBy(Gateway.builder()
                        .provider(new ScriptedProvider("alpha"))
                        .route("smart", "alpha/m", "nobody/m")::build)
                .hasMessageContaining("smart")
                .hasMessageContaining("nobody/m");
    }

    @Test
    void models_and_providers_are_listed() {
        try (Gateway gateway =
                Gateway.builder().provider(new ScriptedProvider("alpha")).build()) {
            assertThat(gateway.models()).extracting(ListedModel::reference).containsExactly("alpha/alpha-1");
            assertThat(gateway.model("ALPHA/alpha-1")).isPresent();
            assertThat(gateway.model("alpha-1")).isPresent();
            assertThat(gateway.model("alpha/unlisted")).isEmpty();
            assertThat(gateway.providers()).extracting("id").containsExactly("alpha");
        }
    }
}
