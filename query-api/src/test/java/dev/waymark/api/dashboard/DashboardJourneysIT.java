package dev.waymark.api.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.waymark.api.ApiServer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the analyst, the compliance officer, the policy author and the operator come for. */
class DashboardJourneysIT {
  private static final int PATIENCE_MS = 20_000;

  private static DashboardServer server;
  private static DashboardBrowser browser;
  private Page page;

  @BeforeAll
  static void start() {
    browser = DashboardBrowser.orSkip();
    server = new DashboardServer(Map.of());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    page = browser.page(DashboardBrowser.Look.LIGHT_DESKTOP);
    page.setDefaultTimeout(PATIENCE_MS);
  }

  @AfterEach
  void nothingWentWrong() {
    page.context().close();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void whoHasNoKeySeesNothingAndWhoHasOneGoesOn() {
    try (Page stranger = browser.strangersPage(DashboardBrowser.Look.LIGHT_DESKTOP)) {
      // When
      stranger.navigate(server.url() + "/#/");
      Locator key = stranger.locator("input[type=password]");
      key.fill("wmk_that-nobody-has-and-nobody-ever-had");
      key.press("Enter");

      // Then
      assertThat(stranger.getByRole(AriaRole.ALERT)).containsText("not");

      // When
      key.fill(ApiServer.ADMIN_KEY);
      key.press("Enter");

      // Then
      assertThat(stranger.locator(".figure", withText("Cost"))).containsText("$");
    }
  }

  @Test
  void analystSeesWhatAnAgentCostsAndWhichOfItsCallsAreSlow() {
    // When
    go("#/");
    assertThat(page.locator(".figure", withText("Cost"))).containsText("$");
    page.locator(".card", withText("by cost, then calls")).first().getByText("coder").click();

    // Then
    assertThat(page).hasURL(Pattern.compile("agent=coder"));
    assertThat(page.locator("tbody tr").first()).containsText("coder");

    // When
    go("#/runs/" + DashboardServer.LONG_RUN);

    // Then
    Locator lines = page.locator(".line");
    assertThat(lines.first()).isVisible();
    assertThat(lines.count()).isLessThan(100);
    assertThat(page.getByRole(AriaRole.LIST, named("Timeline, 5.0"))).isVisible();

    // When
    lines.nth(3).click();

    // Then
    assertThat(page.locator(".panel .code").first()).containsText("read_file");
  }

  @Test
  void officerSeesWhatWasBrokenAndTheEventThatProvesIt() {
    // When
    go("#/violations?rule=query-reviewed");
    page.locator("tbody tr a").first().click();

    // Then
    assertThat(page.getByText("What was expected")).isVisible();
    assertThat(page.locator(".story").getByText("Every query is reviewed before it runs"))
        .isVisible();
    assertThat(page.locator(".evidence li").first()).containsText("run_query");
    assertThat(page.getByLabel("Text of the rule")).containsText("id: query-reviewed");

    // When
    page.getByText("Show in the run").click();

    // Then
    assertThat(page.locator(".line.chosen")).containsText("run_query");
    assertThat(page.locator(".broken-rule")).containsText("query-reviewed");
  }

  @Test
  void authorIsShownTheLineOfAProblemTriesTheRuleAndBringsItIntoForce() {
    // Given
    go("#/rules/new");
    Locator text = page.locator(".code-editor textarea");
    assertThat(page.getByText("No problems")).isVisible();
    String good = text.inputValue();

    // When
    text.fill(good.replace("PT5M", "five minutes"));

    // Then
    assertThat(page.locator(".problems")).containsText("rules[0].within.max");
    assertThat(page.locator(".gutter .wrong")).hasText("8");

    // When
    text.fill(good);
    assertThat(page.getByText("No problems")).isVisible();
    page.getByText("Try it").click();
    assertThat(page.getByText("Waits for a free slot")).isVisible();
    finishBacktest();

    // Then
    assertThat(page.locator(".difference")).containsText("3 only by this text");
    assertThat(page.locator(".outcomes")).containsText("Broken, of judged");

    // When
    page.getByText("Run in shadow").click();

    // Then
    assertThat(page.getByText("my-rule no. 1 published")).isVisible();
  }

  /** What the job would write. */
  private static void finishBacktest() {
    server
        .rows()
        .execute(
            """
            UPDATE trail_jobs SET state = 'finished', finished_at = now(), result = '[{"rule_id": "my-rule",
              "draft": {"version": "x", "cases": 10, "activations": 4, "held": 1, "vacuous": 6, "broken": 3, "open": 0, "violations": 3},
              "live": null, "difference": {"only_draft": 3, "only_live": 0, "both": 0}, "listed": 0}]'
            """);
  }

  @Test
  void operatorSeesTheBytesOfADeadLetterAndPublishesThemAnew() {
    // When
    go("#/settings?part=dead-letters");
    page.locator("tbody tr", withText("Not utf8")).getByRole(AriaRole.BUTTON).click();

    // Then
    assertThat(page.locator("dialog .code")).containsText("01 ff 03");
    page.keyboard().press("Escape");

    // When
    redrive("Not json");

    // Then
    assertThat(page.locator("dialog .note.bad")).containsText("it would be refused again");
    page.keyboard().press("Escape");

    // When
    redrive("Too large");

    // Then
    assertThat(page.locator("dialog .note.good")).containsText("Accepted");
  }

  @Test
  void officerSeesWhatWasRefusedAndWhyAndBothVersionsOfAnEvent() {
    // When
    go("#/settings?part=refused");
    page.locator("tbody tr").getByRole(AriaRole.BUTTON).first().click();

    // Then
    assertThat(page.locator("dialog .broken-rule")).containsText("command-injection");
    assertThat(page.locator("dialog .code")).containsText("rm -rf");
    page.keyboard().press("Escape");

    // When
    go("#/settings?part=conflicts");
    page.locator("tbody tr").getByRole(AriaRole.BUTTON).first().click();

    // Then
    assertThat(page.locator("dialog")).containsText("it came first and stands in the trail");
    assertThat(page.locator("dialog .code").last()).containsText("seq");
    page.keyboard().press("Escape");
  }

  @Test
  void adminMakesASigningKeyWhichIsSeenOnceAndRevokesIt() {
    // Given
    assertThat(server.api().postJson("/api/v1/tenants", "{\"tenant\":\"signers\"}").statusCode())
        .isEqualTo(201);

    // When
    go("#/settings?part=signing-keys");
    page.getByText("New signing key").click();
    page.locator("dialog input").fill("signers");
    page.locator("dialog").getByText("Make the key").click();

    // Then
    assertThat(page.locator("dialog .secret")).containsText("wmh_");
    page.keyboard().press("Escape");
    assertThat(page.locator("tbody tr")).containsText("Active");

    // When
    page.locator("tbody tr").getByText("Revoke").click();
    page.locator("dialog .button.danger").click();

    // Then
    assertThat(page.locator("tbody tr")).containsText("Revoked");
  }

  private void redrive(String reason) {
    page.locator("tbody tr", withText(reason)).getByRole(AriaRole.BUTTON).click();
    page.locator("dialog").getByText("Re-drive").click();
    page.locator("dialog").getByText("Yes, publish it anew").click();
  }

  @Test
  void everythingIsReachedByKeyboard() {
    // Given
    go("#/");
    assertThat(page.locator(".figure").first()).isVisible();

    // When
    page.keyboard().press("g");
    page.keyboard().press("v");
    assertThat(page.locator("tbody tr[data-row]").first()).isVisible();
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("Enter");

    // Then
    assertThat(page.getByText("What happened")).isVisible();

    // When
    page.keyboard().press("Control+k");
    assertThat(page.getByRole(AriaRole.COMBOBOX)).isFocused();
    page.keyboard().type("process");
    page.keyboard().press("Enter");

    // Then
    assertThat(page.locator(".canvas .node").first()).isVisible();

    // When
    page.keyboard().press("?");

    // Then
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Keyboard shortcuts");
  }

  @Test
  void saysThatTheApiIsAwayAndKeepsWhatItHad() {
    // Given
    go("#/runs");
    assertThat(page.locator("tbody tr[data-row]").first()).isVisible();

    // When
    page.route("**/api/**", route -> route.abort());
    page.keyboard().press("r");

    // Then
    assertThat(page.locator(".connection")).containsText("API not reachable");
    assertThat(page.locator("tbody tr[data-row]").first()).isVisible();
  }

  private void go(String address) {
    page.navigate(server.url() + "/" + address);
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
