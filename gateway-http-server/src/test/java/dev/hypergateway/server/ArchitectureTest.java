package dev.hypergateway.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The floors of this module. */
class ArchitectureTest {
    private static final String ROOT = "dev.hypergateway.server";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void a_package_uses_only_those_below_it() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("http")
                .definedBy(ROOT + ".http")
                .layer("chat")
                .definedBy(ROOT + ".chat")
                .layer("admin")
                .definedBy(ROOT + ".admin")
                .layer("server")
                .definedBy(ROOT)
                .layer("demo")
                .definedBy(ROOT + ".demo")
                .layer("cli")
                .definedBy(ROOT + ".cli")
                .whereLayer("chat")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("admin")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("chat", "admin", "server")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("demo", "cli")
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void who_embeds_the_server_needs_neither_store_nor_test_kit_nor_command_line() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".cli", ROOT + ".demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hypergateway.keystore..", "dev.hypergateway.testkit..", "picocli..")
                .check(classes);
    }
}
