package dev.hypergateway.embedding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The vector of one input. Immutable. {@code toString()} never shows the numbers. */
public final class Embedding {
    private final int index;
    private final float[] vector;

    /**
     * @param index place of the input in the request, from 0
     * @param vector the numbers; copied
     * @throws IllegalArgumentException when the vector is empty or the index negative
     */
    public Embedding(int index, float[] vector) {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, was " + index);
        }
        if (vector.length == 0) {
            throw new IllegalArgumentException("vector must not be empty");
        }
        this.index = index;
        this.vector = vector.clone();
    }

    /** Place of the input in the request, from 0. */
    public int index() {
        return index;
    }

    /** A copy of the numbers. */
    public float[] vector() {
        return vector.clone();
    }

    /** How many numbers the vector has. */
    public int dimensions() {
        return vector.length;
    }

    /**
     * How alike two inputs are: 1 for the same direction, 0 for unrelated, -1 for opposite. Right for vectors of any length, as
     * some vendors do not normalise theirs.
     *
     * @throws IllegalArgumentException when the other vector has another number of dimensions, as vectors of other models have
     */
    public double cosineSimilarity(Embedding other) {
        if (other.vector.length != vector.length) {
            throw new IllegalArgumentException("vectors of " + vector.length + " and " + other.vector.length
                    + " dimensions cannot be compared; take both from one model");
        }
        double product = 0;
        double own = 0;
        double others = 0;
        for (int i = 0; i < vector.length; i++) {
            product += (double) vector[i] * other.vector[i];
            own += (double) vector[i] * vector[i];
            others += (double) other.vector[i] * other.vector[i];
        }
        return own == 0 || others == 0 ? 0 : product / Math.sqrt(own * others);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Embedding that && index == that.index && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * index + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[" + index + ", " + vector.length + " dimensions]";
    }
}
