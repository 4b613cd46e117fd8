package dev.waymark.checks;

import dev.waymark.checks.tenant.Agent;
import dev.waymark.checks.tenant.OrganisationKeys;
import dev.waymark.checks.tenant.SignatureMode;
import dev.waymark.checks.tenant.SigningKey;
import dev.waymark.checks.tenant.Tenant;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventJson;
import dev.waymark.schemas.event.EventSignature;
import dev.waymark.schemas.event.NotCanonicalException;
import java.util.Optional;

/**
 * Whether the event's agent signed it ({@link EventSignature}), with a key of its own or of its
 * tenant, where it says so or must.
 */
final class SignatureCheck implements Check {
  private static final String PATH = "meta." + EventSignature.FIELD;

  private final OrganisationKeys organisationKeys;

  SignatureCheck(OrganisationKeys organisationKeys) {
    this.organisationKeys = organisationKeys;
  }

  @Override
  public CheckName name() {
    return CheckName.SIGNATURE;
  }

  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    Optional<Agent> agent = tenant.agent(content.event().agentId());
    Object text = mayBeSigned(content.event()) ? EventJson.at(content.fields(), PATH) : null;
    if (text == null) {
      if (modeOf(agent, tenant) == SignatureMode.REQUIRED) {
        report.add(name(), "missing", PATH, "must be signed by agent " + content.event().agentId());
      }
      return;
    }
    Optional<EventSignature> signature = EventSignature.parse(String.valueOf(text));
    if (signature.isEmpty()) {
      report.add(name(), "malformed", PATH, "must be hmac-sha256:KEY_ID:64 hexadecimal digits");
    } else {
      verify(signature.get(), agent, content, report);
    }
  }

  /** Spares events without the name of the field from being parsed as a whole. */
  private static boolean mayBeSigned(Event event) {
    byte[] raw = event.raw();
    for (int i = 0; i + 9 < raw.length; i++) {
      if (raw[i] == '\\' || (raw[i] == 's' && raw[i + 1] == 'i' && raw[i + 2] == 'g')) {
        return true;
      }
    }
    return false;
  }

  private static SignatureMode modeOf(Optional<Agent> agent, Tenant tenant) {
    return agent
        .flatMap(known -> Optional.ofNullable(known.signature()))
        .orElse(tenant.signature());
  }

  private void verify(
      EventSignature signature, Optional<Agent> agent, EventContent content, Report report) {
    Event event = content.event();
    Optional<SigningKey> key =
        agent
            .flatMap(known -> known.key(signature.keyId()))
            .or(() -> organisationKeys.find(event.tenant(), signature.keyId()));
    if (key.isEmpty()) {
      report.add(
          name(),
          "unknown_key",
          PATH,
          "neither agent " + event.agentId() + " nor its tenant has a key " + signature.keyId());
    } else if (!key.get().isInForceAt(event.timeMicros())) {
      report.add(
          name(), "key_not_in_force", PATH, "key " + signature.keyId() + " was not in force at t");
    } else {
      compare(signature, key.get(), content, report);
    }
  }

  private void compare(
      EventSignature signature, SigningKey key, EventContent content, Report report) {
    try {
      byte[] form = EventSignature.signedForm(content.event().raw(), content.fields());
      if (!signature.isOf(form, key.secret())) {
        report.add(
            name(), "wrong", PATH, "is not what key " + signature.keyId() + " makes of this event");
      }
    } catch (NotCanonicalException e) {
      report.add(name(), "not_canonical", "", String.valueOf(e.getMessage()));
    }
  }
}
