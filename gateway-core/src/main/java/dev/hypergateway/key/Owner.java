package dev.hypergateway.key;

import java.util.Objects;

/**
 * Whose provider keys a call may use.
 *
 * @param id stable id, 1 to 200 characters
 */
public record Owner(String id) {
    /** The one owner of programs and servers without accounts. */
    public static final Owner LOCAL = new Owner("local");

    private static final int LONGEST_ID = 200;

    public Owner {
        Objects.requireNonNull(id, "id");
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "owner id must have 1 to " + LONGEST_ID + " characters, had " + id.length());
        }
    }
}
