package dev.hypergateway.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the modules of the house may know of each other; here, because this module sees them all. */
class HouseRulesTest {
    private static final String ROOT = "dev.hypergateway";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void providers_map_and_know_nothing_of_keys_failover_routing_or_audit() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".providers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".key",
                        ROOT + ".audit",
                        ROOT + ".routing",
                        ROOT + ".failover",
                        ROOT + ".keystore..",
                        ROOT + ".server..",
                        ROOT + ".testkit..")
                .check(HOUSE);
    }

    @Test
    void the_key_store_knows_keys_and_the_audit_trail_and_nothing_of_calls() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".keystore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".chat",
                        ROOT + ".openai",
                        ROOT + ".transport",
                        ROOT + ".routing",
                        ROOT + ".failover",
                        ROOT + ".providers..",
                        ROOT + ".server..",
                        ROOT + ".testkit..")
                .check(HOUSE);
    }

    @Test
    void core_knows_no_other_module() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".trace",
                        ROOT + ".chat",
                        ROOT + ".transport",
                        ROOT + ".provider",
                        ROOT + ".openai",
                        ROOT + ".audit",
                        ROOT + ".key",
                        ROOT + ".routing",
                        ROOT + ".failover")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".providers..", ROOT + ".keystore..", ROOT + ".server..", ROOT + ".testkit..")
                .check(HOUSE);
    }

    @Test
    void the_http_plumbing_knows_nothing_of_failover_routing_or_vendors() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".failover", ROOT + ".routing", ROOT + ".providers..", ROOT + ".testkit..")
                .check(HOUSE);
    }
}
