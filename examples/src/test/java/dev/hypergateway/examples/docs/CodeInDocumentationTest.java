package dev.hypergateway.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows is what the examples compile and run. */
class CodeInDocumentationTest {
    @TestFactory
    Stream<DynamicTest> each_java_block_is_a_region_of_an_example() {
        return Repository.pages().stream()
                .flatMap(page -> Snippet.in(Repository.read(page)).stream()
                        .map(snippet -> DynamicTest.dynamicTest(
                                page.getFileName() + ": " + snippet.firstLine(),
                                () -> assertThat(snippet.code()).isEqualTo(snippet.region()))));
    }

    @Test
    void the_readme_and_the_guide_show_code() {
        List<String> pages = Repository.pages().stream()
                .filter(page -> !Snippet.in(Repository.read(page)).isEmpty())
                .map(page -> page.getFileName().toString())
                .toList();

        assertThat(pages).containsExactlyInAnyOrder("README.md", "embedding.md");
    }

    @Test
    void the_sample_of_the_readme_has_at_most_ten_lines() {
        Snippet sample = Snippet.in(Repository.read(Repository.root().resolve("README.md")))
                .get(0);

        assertThat(sample.code().lines()).hasSizeLessThanOrEqualTo(10);
    }
}
