package dev.hypergateway.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java block of the documentation, and the region of an example that it shows.
 *
 * @param source for example {@code echo/AskEcho.java#errors}; empty when the page names none
 * @param code the block
 */
record Snippet(String source, String code) {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+) -->\\n)?[ ]*```java\\n(.*?)```", Pattern.DOTALL);
    private static final String EXAMPLES = "examples/src/main/java/dev/hypergateway/examples/";

    static List<Snippet> in(String markdown) {
        List<Snippet> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(markdown);
        while (matcher.find()) {
            found.add(new Snippet(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
        }
        return found;
    }

    /** The region as it stands in the example, without the indentation that all of its lines have. */
    String region() {
        String[] parts = source.split("#", 2);
        assertThat(parts)
                .as("file and region of the block that begins with: " + firstLine())
                .hasSize(2);
        String text = Repository.read(Repository.root().resolve(EXAMPLES + parts[0]));
        Matcher matcher = Pattern.compile(
                        "^[ ]*// docs: " + Pattern.quote(parts[1]) + "\\n(.*?)^[ ]*// end docs$",
                        Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text);
        assertThat(matcher.find()).as("region of " + source).isTrue();
        return matcher.group(1).stripTrailing().stripIndent() + "\n";
    }

    String firstLine() {
        return code.lines().findFirst().orElse("");
    }
}
