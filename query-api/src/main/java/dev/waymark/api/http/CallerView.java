package dev.waymark.api.http;

import dev.waymark.api.security.Caller;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a credential stands for.
 *
 * @param tenant whose data it sees; {@code *}: all
 * @param subject the account's id
 * @param name the account's
 * @param agents it is confined to; null: any
 */
@Introspected
public record CallerView(
    String tenant, String role, String subject, String name, @Nullable List<String> agents) {
  static CallerView of(Caller caller) {
    return new CallerView(
        caller.tenant(), caller.role().code(), caller.accountId(), caller.name(), caller.agents());
  }
}
