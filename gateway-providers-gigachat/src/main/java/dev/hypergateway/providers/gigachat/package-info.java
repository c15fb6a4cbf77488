/**
 * The provider for GigaChat: {@link dev.hypergateway.providers.gigachat.GigaChatProvider}. Everything else here is its own affair:
 * the token exchange, the mapping of requests and answers, the upload of files, the error table.
 */
@NullMarked
package dev.hypergateway.providers.gigachat;

import org.jspecify.annotations.NullMarked;
