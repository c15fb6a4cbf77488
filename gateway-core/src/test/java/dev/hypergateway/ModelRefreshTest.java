package dev.hypergateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendors' lists of models come behind the calls. */
class ModelRefreshTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Supplier<List<Model>> list = () -> List.of(new Model("alpha-2", "alpha", null, 2000));
    private Gateway gateway = gateway(Map.of("ALPHA_API_KEY", "environment-key"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_list_is_asked_for_behind_the_first_listing_and_shows_in_the_next() {
        assertThat(names()).containsExactly("alpha/alpha-1");

        awaitListed("alpha/alpha-1", "alpha/alpha-2");
        assertThat(gateway.model("alpha-2")).isPresent();
        assertThat(asked).containsExactly("environment-key");
    }

    @Test
    void it_is_asked_for_again_when_it_is_old_by_listings_and_by_calls() {
        gateway.chat("alpha/alpha-1", "Nobody has asked for a list yet.");
        assertThat(asked).isEmpty();
        awaitListed("alpha/alpha-1", "alpha/alpha-2");
        list = () -> List.of(new Model("alpha-3", "alpha", null, null));

        time.advance(Duration.ofHours(6).minusSeconds(1));
        gateway.models();
        gateway.chat("alpha/alpha-1", "Still fresh.");
        assertThat(asked).hasSize(1);

        time.advance(Duration.ofSeconds(1));
        gateway.chat("alpha/alpha-1", "Old.");
        awaitListed("alpha/alpha-1", "alpha/alpha-3");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_stored_key_is_used_as_soon_as_there_is_one() {
        gateway.close();
        gateway = gateway(Map.of());
        gateway.models();

        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("stored-key"), "mine"));
        awaitListed("alpha/alpha-1", "alpha/alpha-2");

        assertThat(asked).containsExactly("stored-key");
    }

    @Test
    void a_failure_changes_nothing_and_is_tried_again_later() {
        list = () -> {
            throw new ProviderException(Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
                    .httpStatus(401)
                    .build());
        };
        awaitAsked(Duration.ZERO);
        assertThat(names()).containsExactly("alpha/alpha-1");
        assertThat(names()).containsExactly("alpha/alpha-1");
        assertThat(asked).hasSize(1);
        assertThat(gateway.chat("alpha/alpha-1", "The key is as good as before.")
                        .text())
                .isEqualTo("ok");

        list = () -> {
            throw new IllegalStateException("a bug of the provider");
        };
        awaitAsked(Duration.ofMinutes(1));

        list = () -> List.of(new Model("alpha-3", "alpha", null, null));
        awaitAsked(Duration.ofMinutes(1));
        awaitListed("alpha/alpha-1", "alpha/alpha-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", " OFF ", "0s"})
    void it_can_be_switched_off(String setting) {
        gateway.close();
        gateway = gateway(Map.of("ALPHA_API_KEY", "environment-key", "HYPER_MODEL_REFRESH", setting));

        gateway.models();
        gateway.refreshModels(Owner.LOCAL);

        gateway.close();
        assertThat(asked).isEmpty();
    }

    @Test
    void an_interval_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> gateway(Map.of("HYPER_MODEL_REFRESH", "sometimes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HYPER_MODEL_REFRESH");
    }

    private List<String> names() {
        return gateway.models().stream().map(ListedModel::reference).toList();
    }

    private void awaitListed(String... names) {
        await().untilAsserted(() -> assertThat(names()).containsExactly(names));
    }

    /** Lets time pass in steps until the vendor is asked once more. */
    private void awaitAsked(Duration step) {
        int before = asked.size();
        await().until(() -> {
            if (asked.size() == before) {
                time.advance(step);
                gateway.models();
            }
            return asked.size() > before;
        });
        assertThat(asked).hasSize(before + 1);
    }

    private Gateway gateway(Map<String, String> settings) {
        return Gateway.builder()
                .settings(settings)
                .provider(new ScriptedProvider("alpha") {
                    @Override
                    public List<Model> listModels(ProviderCall call) {
                        asked.add(call.credential().secret().reveal());
                        return list.get();
                    }
                })
                .time(time.source())
                .build();
    }
}
