package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Placeholder, to be replaced by the first real test of this module and then deleted. */
class PlaceholderTest {
    @Test
    void saysWhichModuleItIsIn() {
        assertThat(Placeholder.module()).isEqualTo("gateway-providers-gemini");
    }
}
