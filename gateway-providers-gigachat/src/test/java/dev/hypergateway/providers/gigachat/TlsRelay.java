package dev.hypergateway.providers.gigachat;

import dev.hypergateway.transport.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Puts TLS in front of a plain server. */
final class TlsRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final ExecutorService threads = Threads.perTask("tls-relay");

    TlsRelay(SSLContext context, URI target) throws IOException {
        this(context, target, false);
    }

    /** @param needsCertificate whether only clients with a certificate get through */
    TlsRelay(SSLContext context, URI target, boolean needsCertificate) throws IOException {
        this.target = target;
        this.listener = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ((SSLServerSocket) listener).setNeedClientAuth(needsCertificate);
        threads.execute(this::accept);
    }

    /** The address of {@code plain} behind this relay. */
    String https(String plain) {
        URI uri = URI.create(plain);
        return "https://127.0.0.1:" + listener.getLocalPort() + uri.getPath();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                threads.execute(() -> copy(client, server));
                threads.execute(() -> copy(server, client));
            } catch (IOException closed) {
                // The loop's condition tells.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            byte[] buffer = new byte[8192];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, n);
                to.getOutputStream().flush();
            }
        } catch (IOException ended) {
            // A relay has nothing to say about it.
        }
    }
}
