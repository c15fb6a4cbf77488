package dev.hypergateway.benchmarks.stress;

import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.keystore.jdbc.AuditVerification;
import dev.hypergateway.keystore.jdbc.JdbcAuditLog;
import dev.hypergateway.keystore.jdbc.JdbcDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database of a server as another process sees it that comes beside it.
 *
 * @param chain whether the audit trail is as it was written
 * @param rows the trail, oldest first
 * @param selected ids of the selected keys by provider
 */
record AuditView(AuditVerification chain, List<Row> rows, Map<String, List<String>> selected) {

    /** A row of the trail. */
    record Row(
            String id,
            String action,
            String provider,
            @Nullable String keyId) {}

    /** Reads the database below a folder, whether a server has it open or not. */
    static AuditView of(Path folder) {
        Path data = GatewayJar.data(folder);
        try (JdbcDatabase database = JdbcDatabase.open(Map.of("HYPER_DATA_DIR", data.toString()));
                JdbcAuditLog log = new JdbcAuditLog(database);
                Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + data.resolve("gateway") + ";AUTO_SERVER=TRUE", "sa", "");
                Statement statement = connection.createStatement()) {
            List<Row> rows = new ArrayList<>();
            try (ResultSet row =
                    statement.executeQuery("SELECT id, action, provider, key_id FROM audit_log ORDER BY seq")) {
                while (row.next()) {
                    rows.add(new Row(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
            Map<String, List<String>> selected = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery("SELECT provider, id FROM provider_keys WHERE selected")) {
                while (row.next()) {
                    selected.computeIfAbsent(row.getString(1), unused -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
            return new AuditView(log.verify(), List.copyOf(rows), selected);
        } catch (SQLException e) {
            throw new IllegalStateException("the database of the server cannot be read", e);
        }
    }

    /** How many rows there are after the last one of this action. */
    long rowsSince(String action) {
        int last = -1;
        for (int i = 0; i < rows.size(); i++) {
            last = rows.get(i).action().equals(action) ? i : last;
        }
        return rows.size() - 1L - last;
    }

    /** Whether the trail names each selected key as such. */
    boolean tellsOfSelections() {
        return selected.entrySet().stream()
                .allMatch(each ->
                        each.getValue().size() == 1 && each.getValue().get(0).equals(lastSelected(each.getKey())));
    }

    /** The key that the last selection at a provider names; null when the last word is that none is. */
    @Nullable
    String lastSelected(String provider) {
        String key = null;
        for (Row row : rows) {
            if (row.provider().equals(provider)) {
                if (row.action().equals("SELECT")) {
                    key = row.keyId();
                } else if (row.action().equals("UNSELECT")
                        && row.keyId() != null
                        && row.keyId().equals(key)) {
                    key = null;
                }
            }
        }
        return key;
    }
}
