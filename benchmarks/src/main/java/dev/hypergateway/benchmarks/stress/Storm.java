package dev.hypergateway.benchmarks.stress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.benchmarks.stress.Server.Answer;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys that fail and come back many times a second, clients that call all the time, and an observer who remembers what the server
 * said of its keys. The last key of each pool stays good, so every call can be answered.
 */
final class Storm {
    private static final int CLIENTS = 6;
    private static final int REVIVES_EACH = 6;

    /** How a key may fare: its replies, of which the last one repeats. */
    private static final List<List<Reply>> WEATHER = List.of(
            List.of(Reply.ok()),
            List.of(Reply.serverError(), Reply.ok()),
            List.of(Reply.rateLimited(Duration.ofMinutes(2))),
            List.of(Reply.rateLimited(Duration.ofSeconds(1)), Reply.ok()),
            List.of(Reply.invalidKey()),
            List.of(Reply.outOfCredit()));

    private final Server server;
    private final Map<String, VendorServer> vendors;
    private final Map<String, List<String>> keys;
    private final Random random;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> revived = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Sight> sights = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean over;

    /**
     * @param vendors by the model that is asked for
     * @param keys of each pool, by the model
     */
    Storm(Server server, Map<String, VendorServer> vendors, Map<String, List<String>> keys, long seed) {
        this.server = server;
        this.vendors = vendors;
        this.keys = keys;
        this.random = new Random(seed);
    }

    /**
     * What the server said of its keys.
     *
     * @param askedAt when, on {@link System#nanoTime()}
     * @param seenAt when the answers were there
     * @param newestRow id of the newest row of the trail
     */
    record Sight(long askedAt, long seenAt, List<JsonNode> keys, String newestRow) {}

    void begin() {
        List<String> models = List.copyOf(vendors.keySet());
        for (int i = 0; i < CLIENTS; i++) {
            String model = models.get(i % models.size());
            boolean stream = i / models.size() % 2 == 1;
            start("client-" + i, () -> call(model, stream));
        }
        start("weather", this::weather);
        start("observer", this::observe);
    }

    /** Kills the server and waits for everybody to notice. */
    long kill() throws InterruptedException {
        over = true;
        server.kill();
        long killedAt = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        return killedAt;
    }

    long answered() {
        return answered.get();
    }

    /** Calls that failed although the server was alive. */
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    /** What was seen, oldest first. */
    List<Sight> sights() {
        return List.copyOf(sights);
    }

    /** The last sight that was asked for this long before a moment, if any; the newest one for zero. */
    Optional<Sight> sight(long before, Duration earlier) {
        return sights.stream()
                .filter(sight -> sight.askedAt() <= before - earlier.toNanos())
                .reduce((first, second) -> second);
    }

    /** Whether somebody has revived a key after a moment. */
    boolean revivedSince(String id, long moment) {
        return revived.getOrDefault(id, Long.MIN_VALUE) > moment;
    }

    private void start(String name, Runnable step) {
        Thread thread = new Thread(
                () -> {
                    while (!over) {
                        step.run();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void call(String model, boolean stream) {
        Answer answer = server.call(model, stream);
        if (answer.good()) {
            answered.incrementAndGet();
        } else if (!over) {
            unanswered.add(answer.status() + " " + answer.body());
        }
    }

    private void weather() {
        vendors.forEach((model, vendor) -> {
            List<String> pool = keys.getOrDefault(model, List.of());
            String key = pool.get(random.nextInt(pool.size() - 1));
            vendor.script(key, WEATHER.get(random.nextInt(WEATHER.size())).toArray(Reply[]::new));
        });
        List<JsonNode> known = sights.stream()
                .reduce((first, second) -> second)
                .map(Sight::keys)
                .orElse(List.of());
        if (!known.isEmpty() && random.nextInt(REVIVES_EACH) == 0) {
            String id = known.get(random.nextInt(known.size())).get("id").asText();
            revived.put(id, Long.MAX_VALUE);
            server.send("POST", "/api/v1/provider-keys/" + id + "/revive", Map.of(), "{}");
            revived.put(id, System.nanoTime());
        }
        pause(20);
    }

    private void observe() {
        long askedAt = System.nanoTime();
        Answer seen = server.send("GET", "/api/v1/provider-keys", Map.of(), "");
        Answer trail = server.send("GET", "/api/v1/activity-logs?limit=1", Map.of(), "");
        if (seen.status() == 200 && trail.status() == 200) {
            List<JsonNode> list = new ArrayList<>();
            seen.json().forEach(list::add);
            sights.add(new Sight(
                    askedAt, System.nanoTime(), list, trail.json().at("/0/id").asText()));
        }
        pause(100);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
