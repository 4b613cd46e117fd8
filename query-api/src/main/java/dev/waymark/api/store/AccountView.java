package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user, an application or an agent.
 *
 * @param accountId the client_id it signs in with
 * @param kind user, application or agent
 * @param agents of a viewer: whose runs it sees; of others: what it is confined to, if any
 * @param hasSecret whether it can sign in with a client secret
 * @param oidcSubject who it is at the OpenID provider; null: nobody there
 * @param disabledAt from when it is good for nothing; null: it is good
 */
@Introspected
public record AccountView(
    String accountId,
    String tenant,
    String kind,
    String name,
    String role,
    List<String> agents,
    boolean hasSecret,
    @Nullable String oidcSubject,
    Instant createdAt,
    @Nullable Instant disabledAt) {}
