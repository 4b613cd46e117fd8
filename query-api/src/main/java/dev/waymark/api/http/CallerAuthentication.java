package dev.waymark.api.http;

import dev.waymark.api.security.Caller;
import io.micronaut.security.authentication.Authentication;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A caller, as the framework knows one. */
record CallerAuthentication(Caller caller) implements Authentication {
  @Override
  public String getName() {
    return caller.accountId();
  }

  @Override
  public Collection<String> getRoles() {
    return List.of(caller.role().code());
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}
