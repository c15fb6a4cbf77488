package dev.hypergateway.keystore.jdbc;

/** The kinds of database this module speaks to. */
enum Dialect {
    H2("h2", "H2"),
    POSTGRESQL("postgresql", "PostgreSQL");

    private final String id;
    private final String displayName;

    Dialect(String id, String displayName) {
        this.id = id;
        this.displayName = displayName;
    }

    /** The part of a migration's file name that says it is for this kind only. */
    String id() {
        return id;
    }

    String displayName() {
        return displayName;
    }
}
