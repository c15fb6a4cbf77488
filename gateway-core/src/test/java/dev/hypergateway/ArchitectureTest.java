package dev.hypergateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Packages form floors: each uses only those below it. */
class ArchitectureTest {
    private static final String ROOT = "dev.hypergateway";

    /** From the ground up. */
    private static final List<String> FLOORS = List.of(
            "trace",
            "json",
            "chat",
            "embedding",
            "image",
            "transport",
            "provider",
            "openai",
            "audit",
            "key",
            "routing",
            "failover");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("dev/hypergateway/recordings/")) // for tests
            .importPackages(ROOT);

    @TestFactory
    List<DynamicTest> no_package_uses_one_above_it() {
        return IntStream.range(0, FLOORS.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        FLOORS.get(i),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(ROOT + "." + FLOORS.get(i))
                                .should()
                                .dependOnClassesThat(above(i))
                                .check(CORE)))
                .toList();
    }

    @Test
    void packages_are_free_of_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void every_package_has_its_floor() {
        classes()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .resideInAnyPackage(
                        FLOORS.stream().map(floor -> ROOT + "." + floor).toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void json_stays_inside_the_two_packages_that_know_it() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".openai", ROOT + ".json")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(CORE);
    }

    @Test
    void http_stays_inside_the_transport() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".transport")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> above(int floor) {
        return DescribedPredicate.describe("is above " + FLOORS.get(floor), candidate -> {
            String name = candidate.getPackageName();
            return name.equals(ROOT)
                    || FLOORS.subList(floor + 1, FLOORS.size()).stream()
                            .anyMatch(higher -> name.equals(ROOT + "." + higher));
        });
    }
}
