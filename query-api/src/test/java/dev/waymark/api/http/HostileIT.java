package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.waymark.api.ApiServer;
import dev.waymark.api.DoorsServer;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.StoredRows;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every route of the router, also those that are added tomorrow, with credentials that are not
 * good, not good enough or another tenant's, and with everything that could break a query: the
 * answer is a problem, tells nothing of others, and is no failure of ours.
 */
class HostileIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");

  /** In all that only zeta may know, other than the ids that the test itself asks for. */
  private static final String FACT = "zfact";

  private static final String ID = "zid";
  private static final String DB_PASSWORD = "a-password-of-the-database";

  /** Nobody needs a credential for these; a new one must be put here on purpose. */
  private static final Set<String> PUBLIC =
      Set.of(
          "GET /",
          "GET /docs",
          "GET /assets/{version}/{+path}",
          "POST /auth/token",
          "POST /auth/revoke",
          "GET /auth/oidc/login",
          "GET /auth/oidc/callback");

  /** The framework's own; see DeclaredAccess. */
  private static final Set<String> FRAMEWORK =
      Set.of("GET /health", "GET /health/{selector}", "GET /prometheus");

  private static final List<String> INJECTIONS =
      List.of(
          "' OR '1'='1",
          "'; DROP TABLE runs; --",
          "1) UNION SELECT tenant, name FROM tenants --",
          "\\'; SELECT pg_sleep(9); --",
          "$1::text",
          "%27%20OR%201=1",
          "\u0000",
          "\ud83d\ude00\u202e",
          "-1",
          "99999999999999999999",
          "NaN",
          "../../../etc/passwd",
          "{{7*7}}${7*7}",
          "x".repeat(3_000));

  @TempDir private static Path objects;

  private static final Set<String> secrets = new LinkedHashSet<>();
  private static final StringBuilder answers = new StringBuilder();
  private static final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private static DoorsServer server;
  private static ApiServer operator;
  private static StoredRows rows;
  private static final Map<String, String> theirs = new LinkedHashMap<>();
  private static final Map<Role, ApiServer> acme = new LinkedHashMap<>();

  /** A route and who may use it. */
  private record Route(String method, String template, AnnotationValue<Access> access) {
    String name() {
      return method + " " + template;
    }

    AccessKind kind() {
      return DeclaredAccess.kind(access);
    }

    List<Role> roles() {
      return List.of(access.enumValues("value", Role.class));
    }

    boolean isOperators() {
      return access.booleanValue("operatorOnly").orElse(false);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    log.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    server =
        new DoorsServer(
            objects,
            Map.of(
                "WAYMARK_DB_PASSWORD", DB_PASSWORD,
                "WAYMARK_AUTH_ATTEMPTS_A_MINUTE", "100000",
                "WAYMARK_LIMIT_READS", "1000000",
                "WAYMARK_LIMIT_CHANGES", "1000000",
                "WAYMARK_LIMIT_PUBLIC", "1000000"));
    operator = server.api();
    secrets.addAll(List.of(ApiServer.ADMIN_KEY, ApiServer.KEY_OF_BYTES, DB_PASSWORD));
    rows = new StoredRows(server.database().dataSource());
    create("acme");
    create("zeta");
    for (Role role : Role.values()) {
      acme.put(role, operator.as(key(account("acme", role), "")));
    }
    storeOfZeta();
  }

  @AfterAll
  static void stop() {
    rows.close();
    server.close();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
  }

  private static void create(String tenant) throws Exception {
    json(201, operator.postJson("/api/v1/tenants", "{\"tenant\":\"" + tenant + "\"}"));
  }

  private static void storeOfZeta() throws Exception {
    String body =
        "{\"seq\":1,\"payload\":{\"goal\":\"zfact\"},\"meta\":{\"run_id\":\"zid-run\",\"agent_id\":\"zid-agent\"}}";
    rows.run("zeta", "zid-run", "zid-agent", "completed", T0, List.of("zfact-model"));
    rows.event("zeta", "zid-run", 1, T0, body, 1);
    rows.violation("zid-violation", "zeta", "zfact-rule", "ERROR", "zid-run", T0, "[]");
    rows.conflict("zeta", "zid-run", 1, T0, "{\"other\":\"zfact\"}", 2);
    rows.deadLetter("waymark-trail", "not_json", T0, "zfact".getBytes(StandardCharsets.UTF_8), 3);
    rows.outcome("zeta", "zfact-rule", "v1", 3, 0, 1, 0);
    execute(
        "INSERT INTO trail_jobs (job_id, kind, state, tenant, created_at, error) VALUES ('zid-backtest', 'backtest', 'failed', 'zeta', now(), 'zfact')");
    execute(
        "INSERT INTO backtest_violations VALUES ('zid-backtest', 'both', 'zfact', now(), 'v', '{\"x\": \"zfact\"}')");
    execute(
        "INSERT INTO rules VALUES ('zfact-own', 'v1', 1, 'active', 'sequence', 'idle', 'INFO', '{\"scope\": {\"tenant\": \"zeta*\", \"agent\": \"*\"}}', now(), '{}', 1)");
    String account = account("zeta", Role.ANALYST);
    String key = key(account, "");
    theirs.put("run_id", "zid-run");
    theirs.put("violation_id", "zid-violation");
    theirs.put("backtest_id", "zid-backtest");
    theirs.put("agent_id", "zid-agent");
    theirs.put("decision_id", "zid-decision");
    theirs.put("tenant_id", "zeta");
    theirs.put("account_id", account);
    theirs.put("key_id", keyId(account));
    execute("UPDATE signing_keys SET created_at = created_at");
    json(200, operator.as(key).get("/auth/me"));
  }

  @Test
  void namesEveryRouteThatNeedsNoCredential() {
    assertThat(routes().stream().filter(route -> route.kind().isOpen()).map(Route::name))
        .isSubsetOf(PUBLIC);
  }

  @Test
  void hasNoRouteOfTheDocumentThatIsNotWalked() throws Exception {
    // Given
    JsonNode document =
        new ObjectMapper(new YAMLFactory())
            .readTree(operator.get("/openapi/waymark-openapi.yml").body());
    Set<String> walked =
        routes().stream().map(route -> stripped(route.name())).collect(Collectors.toSet());

    // Then
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (List.of("get", "post", "put", "patch", "delete").contains(method)) {
                            assertThat(walked)
                                .contains(
                                    stripped(
                                        method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
                          }
                        }));
  }

  @Test
  void shedsLoadAtEveryDoor() {
    assertThat(routes().stream().filter(route -> route.kind() == AccessKind.INGEST))
        .isNotEmpty()
        .allSatisfy(
            route ->
                assertThat(EventDoors.isOneOf(HttpMethod.valueOf(route.method()), route.template()))
                    .isTrue());
  }

  @Test
  void refusesRoutesThatNameNobody() {
    assertThat(unannotated()).isSubsetOf(FRAMEWORK);
  }

  /** Who may use what, as the page says it. */
  @Test
  void isWhatThePageSays() throws Exception {
    StringBuilder table = new StringBuilder("| route | A | C | P | N | V | G | |\n");
    table.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    routes().stream()
        .filter(route -> !route.kind().isOpen())
        .sorted(Comparator.comparing(Route::template).thenComparing(Route::method))
        .forEach(route -> table.append(row(route)));
    String page = Files.readString(Path.of("SECURITY.md"));
    String begin = "<!-- routes -->\n";

    assertThat(
            page.substring(page.indexOf(begin) + begin.length(), page.indexOf("<!-- /routes -->")))
        .isEqualTo(table.toString());
  }

  private static String row(Route route) {
    StringBuilder row = new StringBuilder("| `" + route.name() + "` |");
    for (Role role : Role.values()) {
      String mark = route.isOperators() ? "*" : "x";
      row.append(route.roles().contains(role) ? " " + mark + " |" : " |");
    }
    return row.append(" " + route.kind().name().toLowerCase(Locale.ROOT) + " |\n").toString();
  }

  @Test
  void refusesEveryCredentialThatIsNotGood() throws Exception {
    Map<String, String> bad = badCredentials();
    for (Route route : routes()) {
      for (Map.Entry<String, String> credential : bad.entrySet()) {
        String what = route.name() + " with " + credential.getKey();
        HttpResponse<String> answer =
            ask(operator.as(credential.getValue()), route, theirs, Map.of());
        if (route.kind().isOpen()) {
          assertThat(answer.statusCode()).as(what).isLessThan(500);
        } else {
          problem(what, 401, answer);
          assertThat(answer.headers().firstValue("WWW-Authenticate")).as(what).contains("Bearer");
        }
      }
    }
  }

  @Test
  void refusesEveryRoleThatIsNotNamed() throws Exception {
    for (Route route : routes()) {
      for (Role role : Role.values()) {
        boolean may = route.roles().contains(role) && !route.isOperators();
        if (!route.kind().isOpen() && !may) {
          problem(route.name() + " as " + role, 403, ask(acme.get(role), route, theirs, Map.of()));
        }
      }
    }
  }

  @Test
  void tellsNothingOfAnotherTenant() throws Exception {
    Map<String, String> nobodys = new LinkedHashMap<>();
    theirs.forEach((name, id) -> nobodys.put(name, "no-such-" + name.replace('_', '-')));
    for (Route route : routes()) {
      if (route.kind().isOpen()) {
        continue;
      }
      for (ApiServer caller : acme.values()) {
        HttpResponse<String> answer = ask(caller, route, theirs, Map.of());
        HttpResponse<String> nobody = ask(caller, route, nobodys, Map.of());
        String what = route.name() + " -> " + answer.statusCode() + " " + answer.body();
        assertThat(answer.statusCode()).as(what).isLessThan(500).isEqualTo(nobody.statusCode());
        assertThat(withoutOwnRequests(route, answer)).as(what).doesNotContain(FACT);
        if (route.template().contains("{")) {
          assertThat(anonymous(answer.body(), theirs))
              .as(what)
              .isEqualTo(anonymous(nobody.body(), nobodys));
        }
        for (String parameter : parameters(route)) {
          for (String value :
              List.of("zeta", "zid-run", "zid-agent", "zfact-rule", "zid-backtest")) {
            HttpResponse<String> filtered = ask(caller, route, nobodys, Map.of(parameter, value));
            String shown = withoutOwnRequests(route, filtered);
            String how = route.name() + "?" + parameter + "=" + value + " -> " + filtered.body();
            assertThat(filtered.statusCode()).as(how).isLessThan(500);
            assertThat(shown.replace(value, "")).as(how).doesNotContain(FACT, ID);
          }
        }
      }
    }
  }

  @Test
  void takesNoCursorOfAnotherTenantForMoreThanAPlace() throws Exception {
    // Given: a place in the operator's list, behind a run of zeta
    rows.run("acme", "acme-earlier", "bot", "completed", T0.minusSeconds(60), List.of());
    String cursor = json(200, operator.get("/api/v1/runs?limit=1")).path("next_cursor").asText();

    // When
    HttpResponse<String> answer = acme.get(Role.ANALYST).get("/api/v1/runs?cursor=" + cursor);

    // Then
    assertThat(json(200, answer).path("items").findValuesAsText("tenant")).containsOnly("acme");
  }

  @Test
  void survivesInjectionEverywhere() throws Exception {
    for (Route route : routes()) {
      ApiServer caller = route.kind().isOpen() ? operator.as("") : acme.get(firstOf(route));
      for (String injection : INJECTIONS) {
        Map<String, String> ids = new LinkedHashMap<>();
        theirs.keySet().forEach(name -> ids.put(name, injection));
        check(route, injection, ask(caller, route, ids, Map.of()));
        for (String parameter : parameters(route)) {
          check(route, injection, ask(caller, route, theirs, Map.of(parameter, injection)));
        }
      }
    }
    assertThat(json(200, operator.get("/api/v1/runs/zid-run")).path("tenant").asText())
        .isEqualTo("zeta");
  }

  @Test
  void survivesHostileBodiesAndHeaders() throws Exception {
    for (Route route : routes()) {
      if (route.method().equals("GET")) {
        continue;
      }
      ApiServer caller = route.kind().isOpen() ? operator.as("") : acme.get(firstOf(route));
      String address = address(route, theirs, Map.of());
      for (String body :
          List.of(
              "",
              "null",
              "[]",
              "{",
              "{\"name\":\"' OR 1=1\",\"role\":\"admin\",\"kind\":\"user\",\"tenant\":\"zeta\"}",
              "{\"account_id\":\"'; DROP TABLE accounts\",\"client_id\":\"'\",\"client_secret\":\"'\"}",
              "{\"refresh_token\":\"' OR true --\"}",
              "{\"token\":[1]}",
              "{\"a\":".repeat(2_000),
              "{\"name\":\"" + "x".repeat(9 << 20) + "\"}")) {
        if (route.method().equals("POST")) {
          check(route, body, caller.postJson(address, body));
          check(
              route,
              body,
              caller.postJson(
                  address, body, "X-Waymark-Tenant", "' OR 1=1", "Idempotency-Key", "'; --"));
        }
      }
    }
  }

  @Test
  void showsNoSecretAnywhere() throws Exception {
    // Given: secrets of every kind, used well and badly
    JsonNode account =
        json(
            201,
            operator.postJson(
                "/api/v1/accounts",
                "{\"tenant\":\"acme\",\"kind\":\"user\",\"name\":\"signs-in\",\"role\":\"analyst\",\"client_secret\":true}"));
    String id = account.at("/account/account_id").asText();
    String secret = account.path("client_secret").asText();
    String form = "{\"client_id\":\"" + id + "\",\"client_secret\":\"" + secret + "\"}";
    JsonNode token = json(200, operator.as("").postJson("/auth/token", form));
    json(201, operator.postJson("/api/v1/signing-keys", "{\"tenant\":\"acme\"}"));
    secrets.addAll(
        List.of(secret, token.path("access_token").asText(), token.path("refresh_token").asText()));
    HttpResponse<String> wrong = operator.as("").postJson("/auth/token", form.replace("}", "x}"));
    String ticket = json(200, operator.send("POST", "/auth/ticket")).path("ticket").asText();
    secrets.add(ticket);
    json(200, operator.get("/api/v1/dead-letters?ticket=" + ticket));

    // When
    for (String path :
        List.of(
            "/api/v1/pipeline",
            "/api/v1/accounts?limit=1000",
            "/api/v1/keys?limit=1000",
            "/api/v1/signing-keys",
            "/api/v1/access-log?limit=1000",
            "/api/v1/tenants",
            "/auth/me",
            "/health",
            "/prometheus")) {
      answers.append(operator.get(path).body());
    }
    answers.append(wrong.body());

    // Then
    String logged =
        log.list.stream()
            .map(
                event ->
                    event.getFormattedMessage()
                        + event.getKeyValuePairs()
                        + event.getThrowableProxy())
            .collect(Collectors.joining("\n"));
    assertThat(logged).isNotEmpty();
    for (String each : secrets) {
      assertThat(answers.toString()).doesNotContain(each);
      assertThat(logged).doesNotContain(each);
    }
    assertThat(log.list).noneMatch(event -> event.getLevel() == ch.qos.logback.classic.Level.ERROR);
  }

  /** What the caller asked for itself is in its own log, the target last but two in CSV. */
  private static String withoutOwnRequests(Route route, HttpResponse<String> answer) {
    return route.template().equals("/api/v1/export/access-log")
        ? answer.body().replaceAll(",\"?/[^\n]*", "")
        : answer.body().replaceAll("\"target\":\"[^\"]*\"", "");
  }

  private static void check(Route route, String with, HttpResponse<String> answer) {
    String what =
        route.name()
            + " with "
            + with.substring(0, Math.min(80, with.length()))
            + " -> "
            + answer.statusCode()
            + " "
            + answer.body();
    answers.append(answer.body());
    // Flink is away here, which is no failure of ours.
    boolean isAway = answer.statusCode() == 503 && answer.body().contains("Flink");
    assertThat(answer.statusCode() < 500 || isAway).as(what).isTrue();
    assertThat(withoutOwnRequests(route, answer))
        .as(what)
        .doesNotContain(FACT, "Exception", "SQLState", "dev.waymark");
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(what)
          .contains("application/problem+json");
    }
  }

  private static void problem(String what, int status, HttpResponse<String> answer)
      throws Exception {
    answers.append(answer.body());
    assertThat(answer.statusCode()).as(what + " -> " + answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(what)
        .contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("status").asInt()).as(what).isEqualTo(status);
    assertThat(answer.body()).as(what).doesNotContain(FACT);
  }

  private static Map<String, String> badCredentials() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    String account = account("acme", Role.ADMIN);
    String session = session(account("acme", Role.ADMIN, ",\"client_secret\":true"));
    String revoked = key(account, "");
    json(200, operator.as(revoked).get("/auth/me"));
    json(200, operator.send("DELETE", "/api/v1/keys/" + keyId(account)));
    Date later = Date.from(Instant.now().plusSeconds(600));
    bad.put("nothing", "");
    bad.put("garbage", "wmk_garbage");
    bad.put("an oversized one", "x".repeat(6_000));
    bad.put("SQL", "' OR '1'='1");
    bad.put("an expired key", key(account, ",\"expires_at\":\"2020-01-01T00:00:00Z\""));
    bad.put("a revoked key", revoked);
    bad.put("alg none", new PlainJWT(claims(session, "waymark-api", later)).serialize());
    bad.put("a wrong key", signed("x".repeat(32), claims(session, "waymark-api", later)));
    bad.put("a wrong audience", signed(claims(session, "another-api", later)));
    bad.put("no audience", signed(claims(session, "", later)));
    bad.put("an expired token", signed(claims(session, "waymark-api", new Date(1_000))));
    bad.put("no end", signed(claims(session, "waymark-api", null)));
    bad.put("another session", signed(claims("s-none", "waymark-api", later)));
    bad.put(
        "a cut signature", signed(claims(session, "waymark-api", later)).replaceAll("....$", ""));
    // The one that would hold, so that the others fail for what is wrong with them.
    json(200, operator.as(signed(claims(session, "waymark-api", later))).get("/auth/me"));
    return bad;
  }

  private static JWTClaimsSet claims(String session, String audience, Date end) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder().issuer("waymark").claim("sid", session).expirationTime(end);
    return audience.isEmpty() ? claims.build() : claims.audience(audience).build();
  }

  private static String signed(JWTClaimsSet claims) throws Exception {
    return signed("01234567890123456789012345678901", claims);
  }

  private static String signed(String key, JWTClaimsSet claims) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(key));
    return token.serialize();
  }

  /** The id in a fresh access token of that account. */
  private static String session(String idAndSecret) throws Exception {
    String[] parts = idAndSecret.split("/", -1);
    JsonNode token =
        json(
            200,
            operator
                .as("")
                .postJson(
                    "/auth/token",
                    "{\"client_id\":\"" + parts[0] + "\",\"client_secret\":\"" + parts[1] + "\"}"));
    return SignedJWT.parse(token.path("access_token").asText())
        .getJWTClaimsSet()
        .getStringClaim("sid");
  }

  private static String account(String tenant, Role role) throws Exception {
    return account(tenant, role, "").split("/", -1)[0];
  }

  private static String account(String tenant, Role role, String more) throws Exception {
    JsonNode made =
        json(
            201,
            operator.postJson(
                "/api/v1/accounts",
                "{\"kind\":\"application\",\"tenant\":\""
                    + tenant
                    + "\",\"name\":\""
                    + (tenant.equals("zeta") ? FACT : "n")
                    + System.nanoTime()
                    + "\",\"role\":\""
                    + role.code()
                    + "\""
                    + more
                    + "}"));
    return made.at("/account/account_id").asText() + "/" + made.path("client_secret").asText();
  }

  private static String key(String account, String more) throws Exception {
    String key =
        json(
                201,
                operator.postJson(
                    "/api/v1/keys", "{\"account_id\":\"" + account + "\"" + more + "}"))
            .path("api_key")
            .asText();
    secrets.add(key);
    return key;
  }

  private static String keyId(String account) throws Exception {
    return json(200, operator.get("/api/v1/keys?account=" + account))
        .at("/items/0/key_id")
        .asText();
  }

  private static Role firstOf(Route route) {
    return route.isOperators() ? Role.ADMIN : route.roles().get(0);
  }

  /** What is the same whoever is asked for. */
  private static String anonymous(String body, Map<String, String> ids) {
    String anonymous = body;
    for (String id : ids.values()) {
      anonymous = anonymous.replace(id, "…");
    }
    // What every answer has of its own.
    return anonymous.replaceAll("\"(ticket|entry_id|at|created_at|last_used_at)\":[^,}]*", "");
  }

  private static HttpResponse<String> ask(
      ApiServer caller, Route route, Map<String, String> ids, Map<String, String> parameters) {
    String address = address(route, ids, parameters);
    return route.method().equals("POST")
        ? caller.postJson(address, "{}")
        : caller.send(route.method(), address);
  }

  private static String address(
      Route route, Map<String, String> ids, Map<String, String> parameters) {
    String address = route.template().replaceAll("\\{/?\\?[^}]*}", "");
    for (Map.Entry<String, String> id : ids.entrySet()) {
      address = address.replace("{" + id.getKey() + "}", encoded(id.getValue()));
    }
    address = address.replaceAll("\\{[^}]*}", encoded(ids.get("run_id")));
    return parameters.isEmpty()
        ? address
        : address
            + "?"
            + parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Every query parameter the OpenAPI document names for a route. */
  private static Set<String> parameters(Route route) throws Exception {
    Set<String> names = new TreeSet<>();
    JsonNode paths = document().path("paths");
    paths
        .properties()
        .forEach(
            path -> {
              if (stripped(path.getKey()).equals(stripped(route.template()))) {
                for (JsonNode parameter :
                    path.getValue()
                        .path(route.method().toLowerCase(Locale.ROOT))
                        .path("parameters")) {
                  if (parameter.path("in").asText().equals("query")) {
                    names.add(parameter.path("name").asText());
                  }
                }
              }
            });
    return names;
  }

  private static JsonNode document;

  private static JsonNode document() throws Exception {
    if (document == null) {
      document =
          new ObjectMapper(new YAMLFactory())
              .readTree(operator.get("/openapi/waymark-openapi.yml").body());
    }
    return document;
  }

  private static String stripped(String path) {
    return path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
  }

  private static List<UriRouteInfo<?, ?>> all() {
    return operator.bean(Router.class).uriRoutes().collect(Collectors.toList());
  }

  private static List<Route> routes() {
    Map<String, Route> routes = new LinkedHashMap<>();
    for (UriRouteInfo<?, ?> route : all()) {
      route
          .getAnnotationMetadata()
          .findAnnotation(Access.class)
          .ifPresent(
              access -> {
                if (!route.getHttpMethodName().equals("HEAD")) {
                  Route found =
                      new Route(
                          route.getHttpMethodName(),
                          route.getUriMatchTemplate().toPathString(),
                          access);
                  routes.put(found.name(), found);
                }
              });
    }
    assertThat(routes).hasSizeGreaterThan(40);
    return List.copyOf(routes.values());
  }

  private static Set<String> unannotated() {
    return all().stream()
        .filter(route -> !route.getAnnotationMetadata().hasAnnotation(Access.class))
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static JsonNode json(int status, HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode())
        .as(answer.request().uri() + " " + answer.body())
        .isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
