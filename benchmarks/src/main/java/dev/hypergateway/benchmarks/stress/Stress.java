package dev.hypergateway.benchmarks.stress;

import dev.hypergateway.benchmarks.process.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays what must hold under stress against the built server jar. Runs from the root of the repository, after {@code mvn package}. */
public final class Stress {
    private final Map<String, Consumer<Findings>> parts = new LinkedHashMap<>();

    /**
     * @param jdk runs the server
     * @param sizes how much of each
     */
    public Stress(Jdk jdk, Sizes sizes) {
        parts.put("failing-calls", findings -> new FailingCalls(jdk, sizes.calls(), findings).play());
        parts.put("poisoned-streams", findings -> new PoisonedStreams(sizes.jdks(), findings).play());
        parts.put("kill", findings -> new KillStorm(jdk, sizes.kills(), findings).play());
        parts.put("dead-keys", findings -> new DeadKeys(jdk, sizes.keys(), findings).play());
    }

    /**
     * How much of each.
     *
     * @param calls failing calls
     * @param kills how often the server is killed
     * @param keys keys of a pool of which one is good
     * @param jdks run the server for the poisoned streams
     */
    public record Sizes(int calls, int kills, int keys, List<Jdk> jdks) {
        public Sizes {
            jdks = List.copyOf(jdks);
        }
    }

    /** Names of the parts in their order. */
    public List<String> names() {
        return List.copyOf(parts.keySet());
    }

    /**
     * Plays parts.
     *
     * @param wanted some of {@link #names()}
     * @param page to write what was seen into, between the markers of each part; null for none
     * @return what did not hold, in words
     */
    public List<String> play(List<String> wanted, @Nullable Path page) {
        if (!parts.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException("the parts are " + parts.keySet() + ", asked for was " + wanted);
        }
        List<String> broken = new ArrayList<>();
        parts.forEach((name, part) -> {
            if (wanted.contains(name)) {
                Findings findings = new Findings(name);
                part.accept(findings);
                broken.addAll(findings.broken());
                if (page != null) {
                    findings.writeInto(page);
                }
            }
        });
        return broken;
    }
}
