package dev.hypergateway.testkit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Gemini's native API with its Files API. Thread-safe. */
public final class GeminiServer extends VendorServer {
    private final GeminiDialect dialect;

    private GeminiServer(GeminiDialect dialect, ExecutorService threads) throws IOException {
        super(dialect, threads);
        this.dialect = dialect;
    }

    static GeminiServer start(ExecutorService threads) throws IOException {
        return new GeminiServer(new GeminiDialect(), threads);
    }

    /** The files that are there at the moment, in the order of their upload. */
    public List<UploadedFile> files() {
        return dialect.files().all();
    }

    /** Lets files that are uploaded from here on be found unfinished this often; 0 unless set. */
    public GeminiServer processFiles(int looks) {
        dialect.files().processing(looks);
        return this;
    }

    /** Lets the processing of files that are uploaded from here on fail. */
    public GeminiServer failFiles(String reason) {
        dialect.files().failing(reason);
        return this;
    }

    /** Deletes all files, as Google does after two days. */
    public GeminiServer dropFiles() {
        dialect.files().drop();
        return this;
    }

    @Override
    public VendorServer reset() {
        dialect.files().reset();
        return super.reset();
    }

    /**
     * An uploaded file.
     *
     * @param name for example {@code files/abc}
     * @param key key that uploaded it, which alone may use it
     * @param mimeType its media type
     * @param content its bytes; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record UploadedFile(String name, String key, String mimeType, byte[] content) {
        @Override
        public String toString() {
            return "UploadedFile[" + name + ", " + mimeType + ", " + content.length + " bytes]";
        }
    }
}
