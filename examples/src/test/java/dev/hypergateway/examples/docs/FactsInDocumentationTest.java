package dev.hypergateway.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.trace.FailureKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lists in the documentation that go stale when the code grows. */
class FactsInDocumentationTest {
    private static final Pattern SETTING = Pattern.compile("^\\| `([A-Z][A-Z0-9_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern OWN_SETTING_IN_CODE = Pattern.compile("\"(HYPER_[A-Z_]+)\"");

    @Test
    void every_setting_of_the_configuration_page_is_read_by_the_code() {
        String sources = sources();

        assertThat(settings())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(sources).contains("\"" + name + "\""));
    }

    @Test
    void every_setting_of_ours_in_the_code_is_on_the_configuration_page() {
        Set<String> inCode = OWN_SETTING_IN_CODE
                .matcher(sources())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(inCode).isNotEmpty();
        assertThat(settings()).containsAll(inCode);
    }

    @Test
    void every_shipped_provider_is_documented_with_its_settings_header_and_prefixes() {
        for (ProviderDescriptor provider : shippedProviders()) {
            assertThat(settings()).contains(provider.keySetting(), provider.baseUriSetting());
            assertThat(page("configuration.md")).contains("`" + provider.defaultBaseUri() + "`");
            assertThat(page("providers.md")).contains("Provider `" + provider.id() + "`");
            assertThat(page("http-api.md")).contains("`" + provider.keyHeader() + "`");
            assertThat(provider.prefixes())
                    .allSatisfy(prefix -> assertThat(page("http-api.md")).contains("`" + prefix + "/`"));
        }
    }

    @Test
    void every_failure_kind_and_key_state_is_on_the_failover_page() {
        assertThat(FailureKind.values())
                .allSatisfy(kind -> assertThat(page("failover.md")).contains("| `" + kind + "` |"));
        assertThat(KeyHealth.State.values())
                .allSatisfy(state -> assertThat(page("failover.md")).contains("| `" + state + "` |"));
    }

    @Test
    void every_audit_action_is_on_the_http_page() {
        assertThat(Arrays.stream(AuditAction.values()))
                .allSatisfy(action -> assertThat(page("http-api.md")).contains("`" + action + "`"));
    }

    @Test
    void the_readme_names_the_version_that_is_built() {
        String pom = Repository.read(Repository.root().resolve("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>"), pom.indexOf("</version>"));

        assertThat(Repository.read(Repository.root().resolve("README.md"))).contains(version + "</version>");
    }

    private static List<ProviderDescriptor> shippedProviders() {
        try (Gateway gateway = Gateway.builder().build()) {
            List<ProviderDescriptor> shipped = gateway.providers().stream()
                    .filter(provider -> !provider.id().equals("echo"))
                    .toList();
            assertThat(shipped).hasSizeGreaterThanOrEqualTo(2);
            return shipped;
        }
    }

    private static List<String> settings() {
        return SETTING.matcher(page("configuration.md"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String page(String name) {
        return Repository.read(Repository.root().resolve("docs").resolve(name));
    }

    private static String sources() {
        return Repository.mainSources().stream()
                .filter(file -> !file.startsWith(Repository.root().resolve(Path.of("examples"))))
                .map(Repository::read)
                .collect(Collectors.joining("\n"));
    }
}
