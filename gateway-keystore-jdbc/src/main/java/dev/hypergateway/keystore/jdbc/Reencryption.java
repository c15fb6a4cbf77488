package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings stored secrets under the current master key while the store is in use. */
final class Reencryption {
    private static final Logger log = LoggerFactory.getLogger(Reencryption.class);

    private static final int BATCH = 100;

    private final JdbcDatabase database;
    private final SecretBox box;

    Reencryption(JdbcDatabase database, SecretBox box) {
        this.database = database;
        this.box = box;
    }

    /** Says in the log how many stored keys none of the loaded master keys can open. */
    void warnOfUnreadableRows() {
        List<String> missing = database.inTransaction(
                "look for unreadable keys",
                handle -> handle
                        .createQuery("SELECT master_key_id, COUNT(*) AS keys FROM provider_keys GROUP BY master_key_id")
                        .map((row, context) -> new Group(row.getString("master_key_id"), row.getLong("keys")))
                        .list()
                        .stream()
                        .filter(group -> box.keys().find(group.masterKeyId()).isEmpty())
                        .map(group -> group.keys() + " under " + group.masterKeyId())
                        .toList());
        if (!missing.isEmpty()) {
            log.warn(
                    "Some stored keys cannot be read, because their master key is not loaded: {} (loaded: {}); add the missing"
                            + " master key behind the current one in {}, or enter those keys again",
                    String.join(", ", missing),
                    box.keys().ids(),
                    Settings.ENCRYPTION_KEY);
        }
    }

    /** Returns how many keys were re-encrypted. */
    int run() {
        int moved = 0;
        long after = 0;
        for (List<Candidate> batch = next(after); !batch.isEmpty(); batch = next(after)) {
            for (Candidate candidate : batch) {
                moved += move(candidate) ? 1 : 0;
                after = candidate.seq();
            }
        }
        log.info(
                "Re-encrypted {} stored keys under the master key {}",
                moved,
                box.keys().currentId());
        return moved;
    }

    private List<Candidate> next(long after) {
        return database.inTransaction(
                "list keys to re-encrypt",
                handle -> handle.createQuery("SELECT id, owner, seq FROM provider_keys"
                                + " WHERE seq > :after AND master_key_id <> :current ORDER BY seq LIMIT " + BATCH)
                        .bind("after", after)
                        .bind("current", box.keys().currentId())
                        .map((row, context) -> new Candidate(
                                row.getString("id"), new Owner(row.getString("owner")), row.getLong("seq")))
                        .list());
    }

    private boolean move(Candidate candidate) {
        return database.inDurableTransaction("re-encrypt a key", handle -> {
            Owners.lock(handle, candidate.owner());
            ProviderKeyTable table = new ProviderKeyTable(handle, box);
            Optional<ProviderKeyRow> found = table.find(candidate.owner(), candidate.id());
            return found.isPresent() && move(table, found.get());
        });
    }

    private boolean move(ProviderKeyTable table, ProviderKeyRow row) {
        if (row.masterKeyId().equals(box.keys().currentId())) {
            return false;
        }
        Secret secret;
        try {
            secret = box.open(row.binding(), row.masterKeyId(), row.secret(), row.displayName());
        } catch (KeyUnreadableException e) {
            log.warn("Not re-encrypted: {}", e.getMessage());
            return false;
        }
        byte[] fingerprint = box.fingerprint(row.binding(), secret);
        boolean taken =
                table.withFingerprint(row.binding(), List.of(fingerprint)).isPresent();
        table.replaceSecret(row.binding(), secret, taken ? null : fingerprint);
        return true;
    }

    private record Group(String masterKeyId, long keys) {}

    private record Candidate(String id, Owner owner, long seq) {}
}
