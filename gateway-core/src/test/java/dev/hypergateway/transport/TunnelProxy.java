package dev.hypergateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A proxy that leads every tunnel to one loopback port, and asks for credentials if it is to. */
final class TunnelProxy {
    private TunnelProxy() {}

    /** @param credentials value of {@code Proxy-Authorization} to demand; null for none */
    static RawServer to(int port, String credentials) {
        return new RawServer(exchange -> {
            String head = exchange.readRequest();
            if (head == null) {
                return;
            }
            if (credentials != null && !head.contains(credentials)) {
                exchange.write("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            exchange.write("HTTP/1.1 200 Connection established\r\n\r\n");
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                target.setTcpNoDelay(true);
                Thread back = Threads.daemons("tunnel").newThread(() -> copy(target, exchange.socket));
                back.start();
                copy(exchange.socket, target);
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone, and with it the tunnel.
        }
    }
}
