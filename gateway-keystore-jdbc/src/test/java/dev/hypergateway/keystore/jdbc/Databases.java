package dev.hypergateway.keystore.jdbc;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** The databases that tests run on: settings of a fresh one of each kind, opened as often as a test likes. */
final class Databases {
    private Databases() {}

    static Stream<Arguments> fresh() {
        return Stream.of(
                Arguments.of(Named.of("H2", (Kind) () -> Map.of("DATABASE_URL", "jdbc:h2:mem:" + UUID.randomUUID()))),
                Arguments.of(Named.of("PostgreSQL", (Kind) () -> Postgres.settings(Postgres.freshDatabase()))));
    }

    @FunctionalInterface
    interface Kind {
        Map<String, String> settings();
    }
}
