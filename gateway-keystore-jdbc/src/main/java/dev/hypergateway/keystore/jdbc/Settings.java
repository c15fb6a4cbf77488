package dev.hypergateway.keystore.jdbc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads settings by name; a blank one counts as not given. */
final class Settings {
    static final String DATABASE_URL = "DATABASE_URL";
    static final String DATA_DIR = "HYPER_DATA_DIR";
    static final String ENCRYPTION_KEY = "APP_ENCRYPTION_KEY";
    static final String POOL_MIN = "DB_POOL_MIN_SIZE";
    static final String POOL_MAX = "DB_POOL_MAX_SIZE";
    static final String AUTO_MIGRATE = "DB_AUTO_MIGRATE";

    private final Map<String, String> values;

    Settings(Map<String, String> values) {
        this.values = values;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * @throws IllegalArgumentException when the value is not a whole number from {@code least} to {@code most}
     */
    int number(String name, int byDefault, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new IllegalArgumentException(
                name + " must be a whole number from " + least + " to " + most + ", was \"" + text.get() + "\"");
    }

    /**
     * @throws IllegalArgumentException when the value is neither true nor false
     */
    boolean flag(String name, boolean byDefault) {
        Optional<String> text = text(name).map(value -> value.toLowerCase(Locale.ROOT));
        if (text.isEmpty()) {
            return byDefault;
        }
        return switch (text.get()) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false, was \"" + text.get() + "\"");
        };
    }
}
