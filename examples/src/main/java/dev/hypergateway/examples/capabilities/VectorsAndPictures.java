package dev.hypergateway.examples.capabilities;

import dev.hypergateway.Gateway;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the text that is nearest to a question, and has a picture of it drawn; the first key of the two is dead. */
public final class VectorsAndPictures {
    private VectorsAndPictures() {}

    public static void main(String[] args) throws IOException {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("dead-key", Reply.invalidKey());
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "dead-key,good-key");
            settings.put("XAI_API_KEY", "my-key");
            try (Gateway ai = Gateway.builder().settings(settings).build()) {
                String text = nearest(ai, "a lighthouse", List.of("a red lighthouse", "a bowl of soup"));
                System.out.println(text);
                System.out.println(Files.size(draw(ai, text, Files.createTempFile("picture", ".jpg"))) + " bytes");
            }
        }
    }

    // docs: embed
    /** The text that is nearest in meaning; all of them are embedded in one call, and so by one model. */
    static String nearest(Gateway ai, String question, List<String> texts) {
        List<String> all = new ArrayList<>(texts);
        all.add(question);
        List<Embedding> vectors = ai.embed(EmbeddingRequest.of("google/gemini-embedding-001", all))
                .embeddings();
        Embedding asked = vectors.get(texts.size());
        return vectors.subList(0, texts.size()).stream()
                .max(Comparator.comparingDouble(asked::cosineSimilarity))
                .map(vector -> texts.get(vector.index()))
                .orElseThrow();
    }
    // end docs

    // docs: draw
    static Path draw(Gateway ai, String prompt, Path file) throws IOException {
        GeneratedImage picture = ai.generateImages(ImageRequest.builder()
                        .model("x-ai/grok-imagine-image")
                        .fallbacks(List.of("google/gemini-3.1-flash-image"))
                        .prompt(prompt)
                        .aspectRatio("16:9")
                        .format(ImageFormat.DATA)
                        .build())
                .image();
        return Files.write(file, picture.bytes().orElseThrow());
    }
    // end docs
}
