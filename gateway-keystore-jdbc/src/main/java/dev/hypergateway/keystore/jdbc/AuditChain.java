package dev.hypergateway.keystore.jdbc;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** Walks the audit trail from its beginning and checks each hash. */
final class AuditChain {
    private static final int PAGE = 1000;

    private final JdbcDatabase database;

    AuditChain(JdbcDatabase database) {
        this.database = database;
    }

    AuditVerification verify() {
        End end = database.inTransaction("verify the audit trail", handle -> {
            AuditTable table = new AuditTable(handle);
            AuditTable.Tail tail = table.lockTail();
            return new End(tail, !table.links(tail.seq(), Long.MAX_VALUE, 1).isEmpty());
        });
        AuditTable.Tail tail = end.tail();
        long seq = 0;
        byte[] hash = new byte[0];
        while (seq < tail.seq()) {
            long after = seq;
            List<AuditTable.Link> page = database.inTransaction(
                    "verify the audit trail", handle -> new AuditTable(handle).links(after, tail.seq(), PAGE));
            if (page.isEmpty()) {
                return broken(seq, hash);
            }
            for (AuditTable.Link link : page) {
                byte[] expected = link.row().hash(hash);
                if (link.row().seq() != seq + 1 || !Arrays.equals(expected, link.hash())) {
                    return broken(seq, hash);
                }
                seq++;
                hash = expected;
            }
        }
        if (!Arrays.equals(hash, tail.hash()) || end.rowsBehind()) {
            return broken(seq, hash);
        }
        return new AuditVerification(seq, OptionalLong.empty(), HexFormat.of().formatHex(hash));
    }

    private static AuditVerification broken(long lastGood, byte[] hash) {
        return new AuditVerification(
                lastGood, OptionalLong.of(lastGood + 1), HexFormat.of().formatHex(hash));
    }

    /** Where the chain ends, and whether somebody has put rows behind its end. */
    private record End(AuditTable.Tail tail, boolean rowsBehind) {}
}
