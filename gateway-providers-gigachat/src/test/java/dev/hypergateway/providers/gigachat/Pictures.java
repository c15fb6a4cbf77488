package dev.hypergateway.providers.gigachat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Real pictures, small. */
final class Pictures {
    private Pictures() {}

    static byte[] png() {
        return encoded("png");
    }

    static byte[] encoded(String format) {
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 7; x++) {
            image.setRGB(x, x % 5, 0xff0000 + x * 20);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("Java writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
