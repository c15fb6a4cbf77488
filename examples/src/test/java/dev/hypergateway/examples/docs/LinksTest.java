package dev.hypergateway.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]+]\\(([^)\\s]+)\\)");
    private static final Pattern FENCE = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> links_between_pages_and_into_the_sources_lead_somewhere() {
        return Repository.pages().stream()
                .flatMap(page -> LINK.matcher(prose(page))
                        .results()
                        .map(match -> match.group(1))
                        .filter(target -> !target.contains("://"))
                        .map(target -> DynamicTest.dynamicTest(
                                page.getFileName() + " -> " + target, () -> follow(page, target))));
    }

    @Test
    void the_readme_leads_to_every_page_of_the_guide() {
        String readme = prose(Repository.root().resolve("README.md"));

        assertThat(Repository.pages().stream()
                        .filter(page -> page.getParent().endsWith("docs"))
                        .map(page -> "(docs/" + page.getFileName()))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(readme).contains(link));
    }

    @Test
    void the_readme_has_less_than_200_lines() {
        assertThat(Repository.read(Repository.root().resolve("README.md")).lines())
                .hasSizeLessThan(200);
    }

    private static void follow(Path page, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(file).exists();
        if (parts.length == 2) {
            assertThat(anchors(file)).contains(parts[1]);
        }
    }

    /** The anchors that GitHub and others make of headings. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map((MatchResult match) -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** A page without its code blocks. */
    private static String prose(Path page) {
        return FENCE.matcher(Repository.read(page)).replaceAll("");
    }
}
