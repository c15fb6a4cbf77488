package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Results;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** What the database has to do with a call: how many statements, and what becomes of calls while it stands still. */
final class Storage {
    private static final double SLOW = 20;
    private static final double FAST = 200;
    private static final Duration STOPPED = Duration.ofSeconds(5);

    private final Plan plan;
    private final Report report;

    Storage(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Jdk jdk, Vendors vendors) {
        report.section(
                jdk + ": storage",
                "The gateway's jar with its H2 file, seen through a second connection: statements, and an open loop of "
                        + number(FAST)
                        + " calls/s while the database stands still for 5 s (`SET EXCLUSIVE`).");
        vendors.behave(Behaviour.DEFAULT);
        try (GatewayProcess gateway = GatewayProcess.start(jdk, List.of(), vendors);
                Connection database = connect(gateway.process().workingFolder());
                Statement sql = database.createStatement()) {
            Contestant xai = gateway.contestants().get(0);
            Load.closed(xai.small(false), 16, plan.warmUp());
            double slow = statementsPerSecond(sql, xai, SLOW);
            double fast = statementsPerSecond(sql, xai, FAST);
            Results running = Load.open(xai.small(false), 16, FAST, STOPPED);
            sql.execute("SET EXCLUSIVE 1");
            Results stopped = Load.open(xai.small(false), 16, FAST, STOPPED);
            sql.execute("SET EXCLUSIVE 0");
            report.say("Statements per second, all of them in the background: " + number(slow) + " at " + number(SLOW)
                    + " calls/s, " + number(fast) + " at " + number(FAST) + " calls/s.\n");
            report.header("Database", "added p50 µs", "added p99 µs", "failed");
            row("runs", running);
            row("stands still", stopped);
            report.goal(
                    jdk,
                    "database: statements for one more warm call",
                    "",
                    (fast - slow) / (FAST - SLOW),
                    true,
                    0.01,
                    "");
            report.goal(jdk, "database stands still: failed calls", "", (double) stopped.failed(), true, 0, "");
            report.goal(
                    jdk,
                    "database stands still: p99 of a call to running",
                    "",
                    Sample.micros(stopped.added, 99) / Sample.micros(running.added, 99),
                    true,
                    2,
                    "×");
        } catch (SQLException e) {
            throw new IllegalStateException("the database of the gateway could not be used", e);
        }
    }

    private void row(String database, Results results) {
        report.row(
                database,
                number(Sample.micros(results.added, 50)),
                number(Sample.micros(results.added, 99)),
                results.failures().toString());
    }

    private static double statementsPerSecond(Statement sql, Contestant xai, double callsPerSecond)
            throws SQLException {
        sql.execute("SET QUERY_STATISTICS TRUE");
        Load.open(xai.small(false), 16, callsPerSecond, STOPPED);
        double statements = executed(sql);
        sql.execute("SET QUERY_STATISTICS FALSE");
        return statements / STOPPED.toSeconds();
    }

    /** Statements of the gateway alone: its background work is in it, the questions asked here are not. */
    private static long executed(Statement sql) throws SQLException {
        try (ResultSet count = sql.executeQuery("SELECT COALESCE(SUM(EXECUTION_COUNT), 0) FROM"
                + " INFORMATION_SCHEMA.QUERY_STATISTICS WHERE SQL_STATEMENT NOT LIKE '%QUERY_STATISTICS%'")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static Connection connect(Path folder) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data").resolve("gateway") + ";AUTO_SERVER=TRUE", "sa", "");
    }
}
