package dev.waymark.checks;

import dev.waymark.checks.attack.CommandInjection;
import dev.waymark.checks.attack.PromptInjection;
import dev.waymark.checks.attack.Secrets;
import dev.waymark.checks.attack.SqlInjection;
import dev.waymark.checks.pii.PersonalData;
import dev.waymark.checks.tenant.OrganisationKeys;
import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.tenant.Tenants;
import dev.waymark.checks.text.Detector;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Severity;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The checks an event passes before it is accepted, as its tenant configured them.
 *
 * <p>In: an event that {@link dev.waymark.schemas.event.EventCodec} decoded, so its structure is
 * right. Out: findings, the bytes to store, and whether it is refused. Synchronous, without I/O but
 * what {@link OrganisationKeys} do; time is linear in the event's size, whatever it holds; kept
 * between events are only the highest numbers of recent runs. Safe for concurrent use; never throws
 * on data.
 */
public final class Checks {
  private static final Set<String> OUTSIDERS = Set.of("user", "human", "redteam");

  private final Tenants tenants;
  private final OrganisationKeys keys;
  private final SequenceCheck sequence;
  private final Set<CheckName> names;
  private final List<Check> checks;
  private final Map<String, Detector> personalData = new HashMap<>();

  public Checks(Tenants tenants) {
    this(tenants, OrganisationKeys.NONE);
  }

  public Checks(Tenants tenants, OrganisationKeys keys) {
    this(tenants, keys, new SequenceCheck(), EnumSet.allOf(CheckName.class));
  }

  private Checks(
      Tenants tenants, OrganisationKeys keys, SequenceCheck sequence, Set<CheckName> names) {
    this.tenants = tenants;
    this.keys = keys;
    this.sequence = sequence;
    this.names = names;
    for (Tenant tenant : tenants.all()) {
      personalData.put(tenant.id(), new PersonalData(tenant.piiKinds(), tenant.phoneRegions()));
    }
    this.checks = checks().stream().filter(check -> names.contains(check.name())).toList();
  }

  /** The same for a changed file; what is known of runs stays. */
  public Checks with(Tenants changed) {
    return new Checks(changed, keys, sequence, names);
  }

  /** Some of the checks only, of those that a tenant has. */
  public static Checks only(Set<CheckName> names, Tenants tenants) {
    return new Checks(tenants, OrganisationKeys.NONE, new SequenceCheck(), EnumSet.copyOf(names));
  }

  /** Applies the tenant's checks to one event. */
  public Checked apply(Event event) {
    Optional<Tenant> tenant = tenants.find(event.tenant());
    if (tenant.isEmpty()) {
      return unknownTenant(event);
    }
    EventContent content = new EventContent(event);
    Report report = new Report(tenant.get(), event);
    for (Check check : checks) {
      if (tenant.get().checks().containsKey(check.name())) {
        check.check(content, tenant.get(), report);
      }
    }
    return report.toChecked();
  }

  /**
   * What the check of sequence finds, for those who remember the runs themselves; empty where the
   * tenant has no such check.
   *
   * @param before the run's highest number so far
   */
  public List<Finding> sequence(Event event, long before) {
    Optional<Tenant> tenant =
        tenants
            .find(event.tenant())
            .filter(known -> known.checks().containsKey(CheckName.SEQUENCE));
    if (tenant.isEmpty()) {
      return List.of();
    }
    Report report = new Report(tenant.get(), event);
    SequenceCheck.compare(event.seq(), before, report);
    return report.toChecked().findings();
  }

  private static Checked unknownTenant(Event event) {
    Finding finding =
        new Finding(
            CheckName.TOOL_ACL,
            "unknown_tenant",
            Severity.ERROR,
            "meta.tenant",
            "no tenant that may send events");
    return new Checked(event.raw(), List.of(finding), true);
  }

  private List<Check> checks() {
    Secrets secrets = new Secrets();
    return List.of(
        new SignatureCheck(keys),
        new ToolAclCheck(),
        new PolicyCheck(),
        sequence,
        new TextCheck(
            CheckName.PROMPT_INJECTION,
            "gives a model orders",
            content -> true,
            new PromptInjection()::find),
        new TextCheck(
            CheckName.SQL_INJECTION,
            "would break out of a SQL statement",
            Checks::isInput,
            new SqlInjection()::find),
        new TextCheck(
            CheckName.COMMAND_INJECTION,
            "would break out into a shell",
            Checks::isInput,
            new CommandInjection()::find),
        new RedactingCheck(CheckName.SECRET, tenant -> secrets),
        new RedactingCheck(CheckName.PII, this::personalDataOf));
  }

  private Detector personalDataOf(Tenant tenant) {
    return Objects.requireNonNull(personalData.get(tenant.id()));
  }

  /**
   * Whether the event puts something into a tool or comes from outside. What a tool answers may be
   * source code or a log, in which nothing is broken out of.
   */
  private static boolean isInput(EventContent content) {
    Event event = content.event();
    return event.type().equals(Event.ACTION_REQUEST) || OUTSIDERS.contains(event.actor());
  }
}
