package dev.hypergateway.testkit;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * The vectors of the sandbox: the same for the same text, of length 1, and the nearer the more words two texts share, whatever
 * their order. Stateless.
 */
final class Vectors {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Vectors() {}

    static float[] of(String text, int dimensions) {
        double[] numbers = new double[dimensions];
        boolean empty = true;
        for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                add(word, numbers);
                empty = false;
            }
        }
        if (empty) {
            add(text, numbers);
        }
        double squares = 0;
        for (double number : numbers) {
            squares += number * number;
        }
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return vector;
    }

    private static void add(String word, double[] numbers) {
        Random random = new Random(word.hashCode());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += random.nextGaussian();
        }
    }
}
