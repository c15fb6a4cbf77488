package dev.hypergateway.benchmarks.stress;

import static dev.hypergateway.benchmarks.measure.Report.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.stress.AuditView.Row;
import dev.hypergateway.benchmarks.stress.Server.Answer;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Kills the server again and again in the middle of a {@link Storm}, and looks at what it finds when it starts again. */
final class KillStorm {
    private static final int KEYS = 12;
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final int VARIES_MILLIS = 1500;

    /** What was known this long before the end must not be lost: H2 writes its file within half a second. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** Of rows that are as new as the kill; on a busy machine the writer of the file has to wait for its turn. */
    private static final double LONGEST_LOSS_SECONDS = 5;

    /** The server leaves differences between store and trail alone for two seconds. */
    private static final int SECONDS_TO_COMPLETE = 5;

    private static final String GOOGLE = "google/gemini-2.5-flash";
    private static final String XAI = "x-ai/grok-3";

    private final Jdk jdk;
    private final int kills;
    private final Findings findings;

    private long calls;
    private long unanswered;
    private long healthChecked;
    private long healthLost;
    private long notOneSelected;
    private long keysChanged;
    private long chainsBroken;
    private long rowsLost;
    private long rowsTwice;
    private long selectionsUntold;
    private long firstCallsFailed;
    private double longestLoss;
    private double slowestStart;
    private double slowestCall;

    KillStorm(Jdk jdk, int kills, Findings findings) {
        this.jdk = jdk;
        this.kills = kills;
        this.findings = findings;
    }

    void play() {
        long seed = System.nanoTime();
        findings.say(kills + " times `kill -9` in a storm: " + KEYS
                + " keys each of Google and xAI of which all but one fail and"
                + " come back many times a second, clients that call all the time; then a start on the same data folder, "
                + jdk + ".");
        Path folder = Child.folder();
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            storms(sandbox, folder, new Random(seed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            Child.delete(folder);
        }
        findings.header("Claim", "seen", "promised", "holds");
        findings.exactly("calls of " + calls + " that were not answered while the server lived", unanswered, 0);
        findings.exactly("starts with not exactly one selected key at a vendor", notOneSelected, 0);
        findings.exactly("starts with keys lost, doubled or in another order", keysChanged, 0);
        findings.claim(
                "records of keys put aside, known for " + BOUND.toSeconds() + " s and lost",
                healthLost + " of " + healthChecked,
                "0",
                healthLost == 0 && healthChecked > 0);
        findings.exactly("broken audit chains", chainsBroken, 0);
        findings.exactly("starts that lack audit rows of the time before the last kill", rowsLost, 0);
        findings.atMost(
                "how long before the kill the oldest lost audit row was seen", longestLoss, LONGEST_LOSS_SECONDS, " s");
        findings.exactly("audit rows that are there twice", rowsTwice, 0);
        findings.exactly("selections that the audit trail does not tell of", selectionsUntold, 0);
        findings.exactly("first calls after a start that were not answered", firstCallsFailed, 0);
        findings.claim(
                "start until it listens, and the first answer, at worst",
                number(slowestStart) + " s, " + number(slowestCall) + " s",
                "30 s, 10 s",
                slowestStart <= 30 && slowestCall <= 10);
    }

    private void storms(VendorSandbox sandbox, Path folder, Random random) throws InterruptedException {
        Map<String, VendorServer> vendors = Map.of(GOOGLE, sandbox.gemini(), XAI, sandbox.xai());
        Map<String, List<String>> keys = Map.of(GOOGLE, pool("google"), XAI, pool("xai"));
        Server server = Server.start(jdk, folder, List.of(), sandbox.settings());
        try {
            pool("google").forEach(key -> server.addKey("google", key));
            pool("xai").forEach(key -> server.addKey("xai", key));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        Server running = server;
        List<String> ids = ids(server.keys());
        List<Row> before = List.of();
        for (int i = 0; i < kills; i++) {
            Storm storm = new Storm(running, vendors, keys, random.nextLong());
            storm.begin();
            Thread.sleep(SHORTEST.toMillis() + random.nextInt(VARIES_MILLIS));
            long killedAt = storm.kill();
            calls += storm.answered() + storm.unanswered().size();
            unanswered += storm.unanswered().size();
            storm.unanswered().stream().limit(3).forEach(System.err::println);
            sandbox.reset();
            long begin = System.nanoTime();
            running = Server.start(jdk, folder, List.of(), sandbox.settings());
            slowestStart = Math.max(slowestStart, (System.nanoTime() - begin) / 1e9);
            before = inspect(running, storm, killedAt, folder, ids, before);
            firstCalls(running);
        }
        running.close();
    }

    private void firstCalls(Server server) {
        for (String model : List.of(GOOGLE, XAI)) {
            Answer answer = server.call(model, false);
            firstCallsFailed += answer.good() ? 0 : 1;
            slowestCall = Math.max(slowestCall, answer.took().toMillis() / 1e3);
        }
    }

    private List<Row> inspect(
            Server server, Storm storm, long killedAt, Path folder, List<String> ids, List<Row> before) {
        List<JsonNode> keys = server.keys();
        AuditView view = settled(folder);
        keysChanged += ids(keys).equals(ids) ? 0 : 1;
        for (String provider : List.of("google", "xai")) {
            List<String> selected = keys.stream()
                    .filter(key -> key.get("provider_name").asText().equals(provider))
                    .filter(key -> key.get("is_selected").asBoolean())
                    .map(key -> key.get("id").asText())
                    .toList();
            boolean one =
                    selected.size() == 1 && selected.equals(view.selected().get(provider));
            notOneSelected += one ? 0 : 1;
            selectionsUntold += one && selected.get(0).equals(view.lastSelected(provider)) ? 0 : 1;
        }
        chainsBroken += view.chain().intact() ? 0 : 1;
        List<String> rows = view.rows().stream().map(Row::id).toList();
        rowsTwice += rows.size() - new HashSet<>(rows).size();
        boolean continued = rows.size() >= before.size()
                && view.rows().subList(0, before.size()).equals(before);
        // Sights come in order: the first one whose row is gone shows how much the kill has cost.
        double loss = storm.sights().stream()
                .filter(sight -> !rows.contains(sight.newestRow()))
                .mapToDouble(sight -> (killedAt - sight.seenAt()) / 1e9)
                .max()
                .orElse(0);
        longestLoss = Math.max(longestLoss, loss);
        rowsLost += continued ? 0 : 1;
        health(storm, killedAt, keys);
        return view.rows();
    }

    /** What another process sees, after the server has had its time to complete the trail. */
    private static AuditView settled(Path folder) {
        AuditView view = AuditView.of(folder);
        for (int i = 0; i < SECONDS_TO_COMPLETE && !view.tellsOfSelections(); i++) {
            pause();
            view = AuditView.of(folder);
        }
        return view;
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records that were there long before the kill and still there right before it have to be there again. */
    private void health(Storm storm, long killedAt, List<JsonNode> keys) {
        Storm.Sight old = storm.sight(killedAt, BOUND).orElse(null);
        Storm.Sight last = storm.sight(killedAt, Duration.ZERO).orElse(null);
        if (old == null || last == null) {
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            String id = keys.get(i).get("id").asText();
            if (storm.revivedSince(id, old.askedAt())) {
                continue;
            }
            for (JsonNode record : old.keys().get(i).get("health")) {
                boolean lasted = contains(last.keys().get(i), record)
                        && Instant.parse(record.get("until").asText()).isAfter(Instant.now());
                if (lasted) {
                    healthChecked++;
                    healthLost += contains(keys.get(i), record) ? 0 : 1;
                }
            }
        }
    }

    /** Whether a key has a record for the same model that lasts as long. */
    private static boolean contains(JsonNode key, JsonNode record) {
        for (JsonNode each : key.get("health")) {
            if (each.get("model").equals(record.get("model"))
                    && !Instant.parse(each.get("until").asText())
                            .isBefore(Instant.parse(record.get("until").asText()))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> ids(List<JsonNode> keys) {
        return keys.stream().map(key -> key.get("id").asText()).toList();
    }

    private static List<String> pool(String vendor) {
        List<String> pool = new ArrayList<>();
        for (int i = 1; i <= KEYS; i++) {
            pool.add(vendor + "-key-of-the-storm-" + i);
        }
        return pool;
    }
}
