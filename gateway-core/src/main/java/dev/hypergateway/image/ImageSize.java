package dev.hypergateway.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Width and height of a picture in pixels. Immutable.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record ImageSize(int width, int height) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    /** OpenAI's 1792x1024 counts as 16:9, which it misses by 1.6 percent; 3:2 and 16:9 differ by 18. */
    private static final double TOLERANCE = 0.03;

    public ImageSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("width and height must be positive, were " + width + "x" + height);
        }
    }

    /** The size that a text such as {@code 1024x1536} names; empty when it names none. */
    public static Optional<ImageSize> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        return width == 0 || height == 0 ? Optional.empty() : Optional.of(new ImageSize(width, height));
    }

    /**
     * The aspect ratio of this size for vendors that do not let one choose pixels.
     *
     * @param ratios what the vendor knows, for example {@code 16:9}
     * @return the nearest of them; empty when none is near
     */
    public Optional<String> aspectRatio(List<String> ratios) {
        String nearest = null;
        double distance = TOLERANCE;
        for (String ratio : ratios) {
            double off = Math.abs((double) width / height / quotient(ratio) - 1);
            if (off < distance) {
                nearest = ratio;
                distance = off;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** How many pixels there are. */
    public long pixels() {
        return (long) width * height;
    }

    private static double quotient(String ratio) {
        int colon = ratio.indexOf(':');
        return Double.parseDouble(ratio.substring(0, colon)) / Double.parseDouble(ratio.substring(colon + 1));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
