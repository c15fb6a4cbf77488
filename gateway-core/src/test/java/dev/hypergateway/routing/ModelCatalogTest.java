package dev.hypergateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.ScriptedProvider;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Modality;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {
    private static final Pricing SHIPPED_PRICE = Pricing.of("USD", LocalDate.of(2026, 8, 1), "1", "2");
    private static final Pricing TOLD_PRICE = Pricing.of("USD", LocalDate.of(2026, 11, 1), "3", "4");

    private final ScriptedProvider alpha = new ScriptedProvider("alpha")
            .offering(
                    new Model("one", "alpha", null, 1000, null, List.of("first"))
                            .withModalities(Set.of(Modality.TEXT), Set.of(Modality.TEXT))
                            .withCapabilities(Set.of(Capability.STREAMING))
                            .withPricing(SHIPPED_PRICE)
                            .withRetirement(LocalDate.of(2027, 1, 1)),
                    new Model("one-beta", "alpha", null, 1000, null, List.of()),
                    new Model("silent", "alpha", null, null));
    private final ScriptedProvider beta = new ScriptedProvider("beta").offering(new Model("one", "beta", null, 7));
    private final ModelCatalog catalog = ModelCatalog.of(List.of(alpha, beta));

    @Test
    void what_the_vendor_tells_goes_before_what_ships_and_abilities_are_added() {
        catalog.learn(
                "alpha",
                List.of(new Model("ONE", "someone", Instant.EPOCH, 2000, 500, List.of("first", "One-Beta"))
                        .withModalities(Set.of(Modality.TEXT, Modality.IMAGE), Set.of(Modality.TEXT))
                        .withCapabilities(Set.of(Capability.REASONING))
                        .withPricing(TOLD_PRICE)));

        Model one = catalog.find("alpha", "first").orElseThrow().model();

        assertThat(one.id()).isEqualTo("one");
        assertThat(one.ownedBy()).isEqualTo("alpha");
        assertThat(one.created()).isEqualTo(Instant.EPOCH);
        assertThat(one.contextWindow()).isEqualTo(2000);
        assertThat(one.outputLimit()).isEqualTo(500);
        assertThat(one.aliases()).containsExactly("first", "One-Beta");
        assertThat(one.inputs()).containsExactly(Modality.TEXT, Modality.IMAGE);
        assertThat(one.capabilities()).containsExactly(Capability.STREAMING, Capability.REASONING);
        assertThat(one.pricing()).isEqualTo(TOLD_PRICE);
        assertThat(one.retirement()).isEqualTo(LocalDate.of(2027, 1, 1));
    }

    @Test
    void a_shipped_model_that_the_vendor_knows_as_an_alias_gets_its_figures_and_keeps_its_own_names() {
        catalog.learn("alpha", List.of(new Model("one", "alpha", null, 2000, null, List.of("one-beta", "one-latest"))));

        ModelCatalog.Entry entry = catalog.find("alpha", "one-beta").orElseThrow();

        assertThat(entry.model().id()).isEqualTo("one-beta");
        assertThat(entry.model().contextWindow()).isEqualTo(2000);
        assertThat(entry.model().aliases()).isEmpty();
        assertThat(catalog.find("one-latest").orElseThrow().model().id()).isEqualTo("one");
    }

    @Test
    void a_model_that_only_the_vendor_knows_can_be_named_too_and_lacks_nothing_for_sure() {
        catalog.learn(
                "alpha",
                List.of(new Model("new", "alpha", null, 9)
                        .withModalities(Set.of(Modality.TEXT), Set.of())
                        .withCapabilities(Set.of(Capability.REASONING))));

        assertThat(catalog.entries())
                .extracting(ModelCatalog.Entry::reference)
                .containsExactly("alpha/one", "alpha/one-beta", "alpha/silent", "alpha/new", "beta/one");
        assertThat(catalog.find("NEW")).hasValueSatisfying(entry -> {
            assertThat(entry.provider()).isSameAs(alpha);
            assertThat(entry.shipped()).isFalse();
        });
    }

    @Test
    void abilities_that_did_not_ship_are_not_made_up_from_the_few_that_a_vendor_tells() {
        catalog.learn(
                "alpha",
                List.of(new Model("silent", "alpha", null, null)
                        .withModalities(Set.of(Modality.TEXT), Set.of(Modality.TEXT))
                        .withCapabilities(Set.of(Capability.REASONING))));

        assertThat(catalog.find("alpha", "silent")).hasValueSatisfying(entry -> {
            assertThat(entry.model().capabilities()).isEmpty();
            assertThat(entry.model().inputs()).isEmpty();
        });
    }

    @Test
    void the_next_list_takes_the_place_of_the_one_before_and_shipped_models_stay() {
        catalog.learn("alpha", List.of(new Model("new", "alpha", null, 9), new Model("one", "alpha", null, 2000)));
        catalog.learn("alpha", List.of());

        assertThat(catalog.find("new")).isEmpty();
        assertThat(catalog.find("alpha", "one").orElseThrow().model().contextWindow())
                .isEqualTo(1000);
    }

    @Test
    void one_vendors_list_says_nothing_about_another_vendors_model_of_the_same_name() {
        catalog.learn("alpha", List.of(new Model("one", "alpha", null, 2000)));

        assertThat(catalog.find("beta", "one").orElseThrow().model().contextWindow())
                .isEqualTo(7);
    }

    @Test
    void prices_follow_the_catalogue_and_the_operators_own_hold() {
        Target operators = new Target(alpha, "silent", "alpha/silent");
        PriceList prices = PriceList.of(catalog, Map.of(operators, SHIPPED_PRICE));
        assertThat(prices.find("alpha", "First")).contains(SHIPPED_PRICE);

        catalog.learn(
                "alpha",
                List.of(
                        new Model("one", "alpha", null, null).withPricing(TOLD_PRICE),
                        new Model("silent", "alpha", null, null, null, List.of("quiet")).withPricing(TOLD_PRICE)));

        assertThat(prices.find("alpha", "First")).contains(TOLD_PRICE);
        assertThat(prices.find("alpha", "quiet")).contains(SHIPPED_PRICE);
        assertThat(prices.find("alpha", "one-beta")).isEmpty();
    }
}
