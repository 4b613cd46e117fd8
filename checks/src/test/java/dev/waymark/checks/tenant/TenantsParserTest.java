package dev.waymark.checks.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waymark.checks.CheckName;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantsParserTest {
  private static final KeySource KEYS =
      KeySource.of(Map.of("GOOD", "thirty-two-bytes-of-secret-text!!", "SHORT", "short"));

  @Test
  void readsTheFileThatIsDelivered() throws Exception {
    String text = Files.readString(Path.of("../flink-conf/tenants.yaml"));

    Tenant any = TenantsParser.parse(text, KEYS).find("whoever").orElseThrow();

    for (CheckName check : CheckName.values()) {
      assertThat(any.checks()).containsEntry(check, check.usual());
    }
    assertThat(any.refused()).containsExactlyInAnyOrder(Severity.ERROR, Severity.CRITICAL);
    assertThat(any.redacts()).isTrue();
  }

  @Test
  void readsTheExampleInItsComments() throws Exception {
    String example =
        Files.readString(Path.of("../flink-conf/tenants.yaml"))
            .lines()
            .dropWhile(line -> !line.contains("# - id: acme"))
            .map(line -> line.replaceFirst("^  # ?", "  "))
            .reduce("version: 1\ntenants:\n", (a, b) -> a + b + "\n")
            .replace("env: ACME_BOOKING_KEY_1", "env: GOOD")
            .replace("file: /run/secrets/acme-booking-2", "env: GOOD");

    Tenant acme = TenantsParser.parse(example, KEYS).find("acme").orElseThrow();

    assertThat(acme.agent("booking-agent").orElseThrow().keys()).hasSize(2);
    assertThat(acme.agent("reader-7").orElseThrow().tools()).hasSize(2);
    assertThat(acme.policies()).hasSize(1);
  }

  @Test
  void tellsEveryProblemWithItsPath() {
    assertThat(
            problems(
                """
                version: 2
                owner: x
                tenants:
                  - id: a
                    shadow: perhaps
                    refuse: [ BAD ]
                    checks: { pii: never, spam: off }
                    pii: [ email, shoe_size ]
                    phone_regions: [ XX ]
                    unknown_agents: maybe
                    agents:
                      - keys:
                          - { id: "k 1", env: MISSING }
                          - { id: k2, env: SHORT, not_after: tomorrow }
                          - { id: k2, file: /nowhere/secret }
                          - { id: k3 }
                          - { id: k4, env: GOOD, file: x, secret: y }
                        tools: [ "*", { where: "event." }, 7 ]
                    policies:
                      - { id: P, severity: HIGH }
                      - { id: p, deny: "1 + 1" }
                  - { id: a }
                  - text
                """))
        .containsExactlyInAnyOrder(
            "version: must be 1, was 2",
            "owner: unknown field; known here: tenants, version",
            "tenants[0].shadow: must be true or false, was \"perhaps\"",
            "tenants[0].refuse[0]: must be one of INFO, WARNING, ERROR, CRITICAL, was BAD",
            "tenants[0].checks.pii: must be one of INFO, WARNING, ERROR, CRITICAL, was \"never\"",
            "tenants[0].checks.spam: unknown field; known here: command_injection, pii, policy,"
                + " prompt_injection, secret, sequence, signature, sql_injection, tool_acl",
            "tenants[0].pii[1]: must be one of email, iban, credit_card, us_ssn, ip_address,"
                + " passport, date_of_birth, phone, street_address, person, was shoe_size",
            "tenants[0].phone_regions: must be ISO 3166 codes such as US, was XX",
            "tenants[0].unknown_agents: must be one of allow, deny, was \"maybe\"",
            "tenants[0].agents[0].id: required",
            "tenants[0].agents[0].keys[0].id: must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-',"
                + " was k 1",
            "tenants[0].agents[0].keys[0].env: MISSING is not set",
            "tenants[0].agents[0].keys[1].env: SHORT must hold at least 32 bytes, had 5",
            "tenants[0].agents[0].keys[1].not_after: must be an RFC 3339 time, was tomorrow",
            "tenants[0].agents[0].keys[2].file: /nowhere/secret cannot be read",
            "tenants[0].agents[0].keys[2].id: must be unique, tenants[0].agents[0].keys[1] has"
                + " \"k2\" too",
            "tenants[0].agents[0].keys[3]: must have either env or file, which name where the"
                + " secret lies",
            "tenants[0].agents[0].keys[4]: must have either env or file, which name where the"
                + " secret lies",
            "tenants[0].agents[0].keys[4].secret: unknown field; known here: env, file, id,"
                + " not_after, not_before",
            "tenants[0].agents[0].tools[1].action: required",
            "tenants[0].agents[0].tools[1].where: does not compile: column 7: no viable"
                + " alternative at input '.'",
            "tenants[0].agents[0].tools[2]: must be an object, was 7",
            "tenants[0].policies[0].id: must be 1 to 64 of a-z, 0-9 and -, was P",
            "tenants[0].policies[0].deny: required",
            "tenants[0].policies[0].severity: must be one of INFO, WARNING, ERROR, CRITICAL, was"
                + " \"HIGH\"",
            "tenants[0].policies[1].deny: must yield a boolean, yields int",
            "tenants[1].id: must be unique, tenants[0] has \"a\" too",
            "tenants[2]: must be an object, was \"text\"");
  }

  @Test
  void refusesWhatIsNoFileOfTenants() {
    assertThat(problems("")).containsExactly("the file of tenants is empty");
    assertThat(problems("- a"))
        .containsExactly("a file of tenants is an object with version and tenants");
  }

  private static List<String> problems(String text) {
    InvalidTenantsException refused =
        catchThrowableOfType(InvalidTenantsException.class, () -> TenantsParser.parse(text, KEYS));
    assertThat(refused).as("refused").isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }
}
