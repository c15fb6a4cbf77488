package dev.hypergateway.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param feature its version, for example 17
 */
public record Jdk(Path home, int feature) {
    private static final int OLDEST = 17;

    /**
     * Looks at a folder.
     *
     * @throws IllegalArgumentException when there is no JDK of version 17 or later
     */
    public static Jdk at(Path home) {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no JDK at " + home, e);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        int feature = version.isEmpty() ? 0 : Integer.parseInt(version.split("[^0-9]", 2)[0]);
        if (feature < OLDEST || !Files.isExecutable(home.resolve("bin/javac"))) {
            throw new IllegalArgumentException(
                    "the JDK at " + home + " is not of version " + OLDEST + " or later; name another one with --jdk");
        }
        return new Jdk(home, feature);
    }

    /** The JDK that runs this program. */
    public static Jdk running() {
        return at(Path.of(System.getProperty("java.home")));
    }

    /** The JDK that runs this program and a 17 and a 25 beside it, where they are found; oldest first. */
    public static List<Jdk> found() {
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        found.put(running().feature(), running());
        Path shelf = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(shelf)) {
            try (Stream<Path> homes = Files.list(shelf)) {
                for (Path home : homes.sorted().toList()) {
                    if (Files.isExecutable(home.resolve("bin/javac")) && Files.isReadable(home.resolve("release"))) {
                        Jdk jdk = at(home);
                        if (jdk.feature() == 17 || jdk.feature() == 25) {
                            found.putIfAbsent(jdk.feature(), jdk);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ArrayList<>(found.values());
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }

    /**
     * Asks a process of this JDK.
     *
     * @param arguments the command and its arguments, for example {@code GC.run}
     * @return what jcmd prints
     */
    public List<String> jcmd(Child process, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/jcmd").toString(), Long.toString(process.pid())));
        command.addAll(List.of(arguments));
        try {
            Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> said = jcmd.inputReader().lines().toList();
            int code = jcmd.waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jcmd ran", e);
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
