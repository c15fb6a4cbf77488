package dev.hypergateway.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The samples of several contestants, round by round. */
final class Rounds {
    private final Map<Contestant, List<Sample>> samples = new LinkedHashMap<>();

    private Rounds() {}

    /** Gives each contestant its turn in each round; each round begins with another one. */
    static Rounds run(int rounds, List<Contestant> contestants, Function<Contestant, Sample> turn) {
        Rounds all = new Rounds();
        contestants.forEach(each -> all.samples.put(each, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                Contestant each = contestants.get((i + round) % contestants.size());
                all.of(each).add(turn.apply(each));
            }
        }
        return all;
    }

    List<Contestant> contestants() {
        return List.copyOf(samples.keySet());
    }

    /** The median of a figure. */
    double median(Contestant contestant, ToDoubleFunction<Sample> figure) {
        return median(of(contestant).stream().mapToDouble(figure).toArray());
    }

    /** The median of a figure's ratio to another contestant's in the same round. */
    double ratio(Contestant contestant, Contestant other, ToDoubleFunction<Sample> figure) {
        return compare(contestant, other, figure, (mine, theirs) -> mine / theirs);
    }

    /** The median of a figure's distance from another contestant's in the same round. */
    double difference(Contestant contestant, Contestant other, ToDoubleFunction<Sample> figure) {
        return compare(contestant, other, figure, (mine, theirs) -> mine - theirs);
    }

    /** What went wrong in all rounds. */
    Map<String, Long> failures(Contestant contestant) {
        Map<String, Long> all = new TreeMap<>();
        of(contestant)
                .forEach(sample ->
                        sample.results().failures().forEach((how, count) -> all.merge(how, count, Long::sum)));
        return all;
    }

    private double compare(
            Contestant contestant,
            Contestant other,
            ToDoubleFunction<Sample> figure,
            java.util.function.DoubleBinaryOperator operator) {
        List<Sample> mine = of(contestant);
        List<Sample> theirs = of(other);
        double[] compared = new double[mine.size()];
        for (int i = 0; i < compared.length; i++) {
            compared[i] =
                    operator.applyAsDouble(figure.applyAsDouble(mine.get(i)), figure.applyAsDouble(theirs.get(i)));
        }
        return median(compared);
    }

    private List<Sample> of(Contestant contestant) {
        List<Sample> found = samples.get(contestant);
        if (found == null) {
            throw new IllegalArgumentException(contestant.name() + " did not take part");
        }
        return found;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
