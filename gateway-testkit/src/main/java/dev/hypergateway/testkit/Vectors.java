package dev.hypergateway.testkit;

import java.util.Random;

/** The vectors of the sandbox: the same for the same text, of length 1, and without meaning. Stateless. */
final class Vectors {
    private Vectors() {}

    static float[] of(String text, int dimensions) {
        Random random = new Random(text.hashCode());
        double[] numbers = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            numbers[i] = random.nextGaussian();
            squares += numbers[i] * numbers[i];
        }
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return vector;
    }
}
