package dev.waymark.client.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.client.cli.Console;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules backtest}: asks the API for a backtest, and waits for its result. */
@Command(
    name = "backtest",
    header = "Tries a file's rules on the stored trail, beside the live ones.",
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final int FIRST_ERROR = 400;
  private static final int UNPROCESSABLE = 422;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final String PATH = "/api/v1/rules/backtest";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "RULES.yaml",
      required = true,
      description = "a rule set, YAML or JSON")
  private Path file = Path.of("");

  @Option(names = "--from", paramLabel = "TIME", description = "only runs that began then or later")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "only events before")
  private @Nullable String to;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "only its events")
  private @Nullable String tenant;

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description = "only runs whose first event is its")
  private @Nullable String agent;

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:WAYMARK_API_URL:-http://127.0.0.1:8080}",
      description = "the API (WAYMARK_API_URL, now ${DEFAULT-VALUE})")
  private String api = "";

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "${env:WAYMARK_API_KEY}",
      description = "what to show to the API (WAYMARK_API_KEY)")
  private @Nullable String apiKey;

  @Spec private @Nullable CommandSpec spec;

  private final HttpClient http = HttpClient.newHttpClient();

  /** The API said no. */
  private static final class RefusedException extends Exception {
    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  @Override
  public Integer call() {
    try {
      JsonNode backtest = finished(begin());
      if (!backtest.path("state").asText().equals("finished")) {
        console().error(backtest.path("state").asText() + ": " + backtest.path("error").asText(""));
        return FAILED;
      }
      print(backtest);
      return OK;
    } catch (FileNotFoundException e) {
      console().error(file + ": no such file");
      return BAD_INPUT;
    } catch (RefusedException e) {
      console().error(String.valueOf(e.getMessage()));
      return e.status == UNPROCESSABLE ? BAD_INPUT : FAILED;
    } catch (IOException e) {
      console().error(api + " does not answer: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private JsonNode begin() throws IOException, InterruptedException, RefusedException {
    List<String> parameters = new ArrayList<>();
    add(parameters, "from", from);
    add(parameters, "to", to);
    add(parameters, "tenant", tenant);
    add(parameters, "agent", agent);
    HttpRequest.Builder request =
        request(PATH + "?" + String.join("&", parameters))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofFile(file));
    return send(request);
  }

  private static void add(List<String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private JsonNode finished(JsonNode begun)
      throws IOException, InterruptedException, RefusedException {
    String path = PATH + "/" + begun.path("backtest_id").asText();
    console().note("backtest " + api + path);
    JsonNode backtest = begun;
    String told = "";
    while (List.of("queued", "running").contains(backtest.path("state").asText())) {
      String progress = progress(backtest);
      if (!progress.equals(told)) {
        console().note(progress);
        told = progress;
      }
      Thread.sleep(POLL.toMillis());
      backtest = send(request(path).GET());
    }
    return backtest;
  }

  private static String progress(JsonNode backtest) {
    JsonNode progress = backtest.path("progress");
    return progress.path("events_total").isNumber()
        ? String.format(
            Locale.ROOT,
            "%,d of %,d events",
            progress.path("events_read").asLong(),
            progress.path("events_total").asLong())
        : backtest.path("state").asText();
  }

  private void print(JsonNode backtest) {
    Console console = console();
    console.result(
        String.format(
            Locale.ROOT,
            "%-32s %-6s %10s %11s %10s %10s %10s %10s",
            "RULE",
            "",
            "CASES",
            "ACTIVATIONS",
            "HELD",
            "VACUOUS",
            "BROKEN",
            "VIOLATIONS"));
    for (JsonNode rule : backtest.path("rules")) {
      console.result(row(rule.path("rule_id").asText(), "draft", rule.path("draft")));
      if (rule.path("live").isObject()) {
        console.result(row("", "live", rule.path("live")));
      }
      JsonNode difference = rule.path("difference");
      console.result(
          String.format(
              Locale.ROOT,
              "%-32s only the draft %,d, only the live version %,d, both %,d",
              "",
              difference.path("only_draft").asLong(),
              difference.path("only_live").asLong(),
              difference.path("both").asLong()));
    }
    console.note(
        String.format(
            Locale.ROOT,
            "%,d events judged; the violations: %s/%s/violations",
            backtest.path("progress").path("events_total").asLong(),
            api + PATH,
            backtest.path("backtest_id").asText()));
  }

  private static String row(String rule, String side, JsonNode outcome) {
    return String.format(
        Locale.ROOT,
        "%-32s %-6s %,10d %,11d %,10d %,10d %,10d %,10d",
        rule,
        side,
        outcome.path("cases").asLong(),
        outcome.path("activations").asLong(),
        outcome.path("held").asLong(),
        outcome.path("vacuous").asLong(),
        outcome.path("broken").asLong(),
        outcome.path("violations").asLong());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path)).timeout(TIMEOUT);
    return apiKey == null || apiKey.isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + apiKey);
  }

  private JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException, RefusedException {
    HttpResponse<String> answer =
        http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    JsonNode body = JSON.readTree(answer.body());
    if (answer.statusCode() >= FIRST_ERROR) {
      throw new RefusedException(answer.statusCode(), refusal(body));
    }
    return body;
  }

  /** Every problem where there are several, else the detail. */
  private static String refusal(JsonNode problem) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      reasons.add(error.path("parameter").asText() + ": " + error.path("reason").asText());
    }
    return reasons.isEmpty()
        ? problem.path("detail").asText()
        : String.join(System.lineSeparator() + "error: ", reasons);
  }

  private Console console() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return Console.of(spec.commandLine());
  }
}
