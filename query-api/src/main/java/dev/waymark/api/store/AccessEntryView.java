package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A read of trails, or a change.
 *
 * @param tenant whose data it was; {@code *}: of several, or of none
 * @param callerTenant that of the credential
 * @param accountId who
 * @param address from where: the other end of the connection
 * @param kind trail or change
 * @param target path and query as they were asked for
 * @param status of the answer; null: a change that was begun and whose end is not known
 * @param rows that were shown; null: a change
 */
@Introspected
public record AccessEntryView(
    long entryId,
    Instant at,
    String tenant,
    String callerTenant,
    String accountId,
    String name,
    String role,
    String credentialId,
    String address,
    String kind,
    String method,
    String route,
    String target,
    @Nullable Integer status,
    @Nullable Long rows) {}
