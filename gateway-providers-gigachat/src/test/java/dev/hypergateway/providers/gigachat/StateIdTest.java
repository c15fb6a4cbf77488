package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StateIdTest {
    private static final String STATE = "e379e132-2cf8-4ce1-8545-c9c94cbebb1b";

    @Test
    void carries_the_state_inside_the_id() {
        String id = StateId.callId(STATE, UUID::randomUUID);

        assertThat(id).startsWith("giga_").hasSize(40);
        assertThat(StateId.of(Map.of(), id)).isEqualTo(STATE);
    }

    @Test
    void makes_different_ids_of_one_state() {
        assertThat(StateId.callId(STATE, () -> new UUID(1L << 60, 0)))
                .isNotEqualTo(StateId.callId(STATE, () -> new UUID(2L << 60, 0)));
    }

    @Test
    void prefers_the_field_to_the_id() {
        String id = StateId.callId(STATE, UUID::randomUUID);

        assertThat(StateId.of(StateId.fields("other"), id)).isEqualTo("other");
    }

    @Test
    void carries_states_of_other_forms_in_the_field_only() {
        String id = StateId.callId("opaque", UUID::randomUUID);

        assertThat(id).startsWith("call_");
        assertThat(StateId.of(Map.of(), id)).isNull();
    }

    @Test
    void reads_nothing_into_ids_of_other_vendors() {
        assertThat(StateId.of(Map.of(), "call_e379e1322cf84ce18545c9c94cbebb1b"))
                .isNull();
        assertThat(StateId.of(Map.of("extra_content", "text"), "x")).isNull();
        assertThat(StateId.fields(null)).isEmpty();
    }
}
