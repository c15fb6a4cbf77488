package dev.hypergateway.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output, caught while a program runs. */
public final class Console {
    private Console() {}

    /** What the program prints. */
    public static String of(Program program) throws Exception {
        PrintStream real = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(real);
        }
        return caught.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** A program's main method. */
    @FunctionalInterface
    public interface Program {
        void run() throws Exception;
    }
}
