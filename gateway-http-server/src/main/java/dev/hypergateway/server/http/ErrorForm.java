package dev.hypergateway.server.http;

/** How a surface writes its errors. */
@FunctionalInterface
public interface ErrorForm {
    Reply write(Problem problem);
}
