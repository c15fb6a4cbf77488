/**
 * Keys and the audit log on H2 or PostgreSQL. A {@link dev.hypergateway.keystore.jdbc.JdbcDatabase} is opened from the settings;
 * on it stand the {@link dev.hypergateway.keystore.jdbc.JdbcKeyStore} of provider keys, encrypted under
 * {@link dev.hypergateway.keystore.jdbc.MasterKeys}, the {@link dev.hypergateway.keystore.jdbc.JdbcGatewayKeys} of clients, and
 * the {@link dev.hypergateway.keystore.jdbc.JdbcAuditLog}.
 */
@NullMarked
package dev.hypergateway.keystore.jdbc;

import org.jspecify.annotations.NullMarked;
