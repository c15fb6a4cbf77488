package dev.hypergateway.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes the demo's calls over HTTP, as any client would, and tells what came back. Not thread-safe. */
public final class DemoTour {
    private static final List<DemoCall> CALLS = List.of(DemoCall.GOOGLE, DemoCall.XAI, DemoCall.STREAM);
    private static final int LONGEST_LINE = 150;

    private final Demo demo;
    private final DemoClient client;
    private final PrintStream out;

    public DemoTour(Demo demo, PrintStream out) {
        this.demo = demo;
        this.client = new DemoClient(demo);
        this.out = out;
    }

    /** Prints a line for a shell for each call. */
    public void printCommands() {
        for (DemoCall call : CALLS) {
            out.println();
            out.println("# " + call.title());
            out.println(call.curl(demo.uri(), demo.gatewayKey()));
        }
        out.println();
        out.println("# What happened to the keys");
        out.println(
                "curl -s " + demo.uri() + "/api/v1/activity-logs -H 'Authorization: Bearer " + demo.gatewayKey() + "'");
    }

    /**
     * Makes all calls.
     *
     * @return whether each got a whole answer
     * @throws IOException when the gateway cannot be reached
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean run() throws IOException, InterruptedException {
        boolean answered = true;
        for (DemoCall call : CALLS) {
            answered &= run(call);
        }
        printActivity();
        return answered;
    }

    private boolean run(DemoCall call) throws IOException, InterruptedException {
        out.println();
        out.println(call.title() + " (" + call.model() + "): " + call.prompt());
        HttpResponse<InputStream> response = client.ask(call);
        out.print("  answer    ");
        boolean whole = client.read(response, call.stream(), piece -> {
            out.print(piece);
            out.flush();
        });
        out.println();
        out.println("  status    " + response.statusCode() + ", " + header(response, "x-hyper-attempts")
                + " attempts, gateway overhead " + header(response, "x-hyper-overhead-ms") + " ms");
        String failures = header(response, "x-hyper-failures");
        if (!failures.isEmpty()) {
            out.println("  failed    " + failures.replace(",", ", "));
        }
        out.println("  served by \"" + keyName(header(response, "x-hyper-key-id")) + "\"");
        return whole;
    }

    private void printActivity() throws IOException, InterruptedException {
        out.println();
        out.println("What happened to the keys (/api/v1/activity-logs), oldest first:");
        List<JsonNode> rows = new ArrayList<>();
        client.get("/api/v1/activity-logs?limit=200").forEach(rows::add);
        Collections.reverse(rows);
        for (JsonNode row : rows) {
            out.printf(
                    "  %-9s %-7s %s%n",
                    row.path("action").asText(),
                    row.path("provider_name").asText(),
                    shortened(row.path("description").asText()));
        }
    }

    /** Vendors explain themselves at length. */
    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
    }

    private String keyName(String id) throws IOException, InterruptedException {
        return client.get("/api/v1/provider-keys/" + id).path("name").asText(id);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
