package dev.waymark.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.waymark.api.dashboard.DashboardBrowser.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every view in every look: nobody is shut out, nothing is logged as an error, and a picture for
 * those who want to see for themselves.
 */
class DashboardLooksIT {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  private static final int PATIENCE_MS = 20_000;

  /** Name, address, and what is shown once all is there. */
  private static final String[][] VIEWS = {
    {"overview", "#/", ".figure"},
    {"live", "#/live", ".feed-row"},
    {"runs", "#/runs", "tr[data-row]"},
    {"run", "#/runs/long-run?seq=4", ".panel .code"},
    {"agents", "#/agents", ".page-head"},
    {"violations", "#/violations", "tr[data-row]"},
    {"violation", "#/violations/v-100000", ".story"},
    {"rules", "#/rules", "tr[data-row]"},
    {"rule", "#/rules/tool-call-answered", ".code"},
    {"rule-editor", "#/rules/new", ".code-editor"},
    {"rule-versions", "#/rules/tool-call-answered?tab=versions", ".diff-added"},
    {"process-map", "#/map?agent=service-desk", ".node"},
    {"access-log", "#/settings", "tbody tr"},
    {"refused", "#/settings?part=refused", "tr[data-row]"},
    {"conflicts", "#/settings?part=conflicts", "tr[data-row]"},
    {"dead-letters", "#/settings?part=dead-letters", "tr[data-row]"},
    {"keys", "#/settings?part=keys", "tbody tr"},
    {"signing-keys", "#/settings?part=signing-keys", ".state"},
    {"accounts", "#/settings?part=accounts", "tbody tr"},
    {"tenants", "#/settings?part=tenants", ".page-head"},
    {"pipeline", "#/settings?part=pipeline", ".jobs"},
    {"nothing", "#/runs?agent=nobody", ".state"},
    {"nowhere", "#/nowhere", ".state"},
  };

  private static DashboardServer server;
  private static DashboardBrowser browser;

  @BeforeAll
  static void start() {
    browser = DashboardBrowser.orSkip();
    server = new DashboardServer(Map.of());
    server.beBusy();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void isForEverybody(String name, String address, String shown) {
    look(name, address, shown, List.of(Look.LIGHT_DESKTOP, Look.DARK_PHONE));
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void isForEverybodyTheOtherWayRound(String name, String address, String shown) {
    look(name, address, shown, List.of(Look.DARK_DESKTOP, Look.LIGHT_PHONE));
  }

  static Object[][] views() {
    return VIEWS;
  }

  private static void look(String name, String address, String shown, List<Look> looks) {
    for (Look look : looks) {
      // Given
      Page page = browser.page(look);

      // When
      page.navigate(server.url() + "/" + address);
      page.locator(shown).first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
      DashboardBrowser.awaitLoaded(page);

      // Then
      String file = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(file)));
      assertThat(seriousProblems(page)).as(file).isEmpty();
      assertThat(width(page)).as("scrolls sideways: " + file).isLessThanOrEqualTo(0);
      page.context().close();
    }
    assertThat(browser.errors()).isEmpty();
  }

  private static List<String> seriousProblems(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> SERIOUS.contains(rule.getImpact()))
            .map(DashboardLooksIT::words)
            .toList();
  }

  private static String words(Rule rule) {
    return rule.getId() + " " + rule.getNodes().get(0).getHtml();
  }

  /** How much wider the page is than the screen. */
  private static int width(Page page) {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }
}
