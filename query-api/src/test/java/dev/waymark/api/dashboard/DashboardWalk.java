package dev.waymark.api.dashboard;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;

/**
 * A walk over the dashboard of a running stack, such as {@code ./waymark up --demo}: every view
 * must show what it is for, nothing may go wrong in the page, and pictures are kept. See
 * docs/dashboard.sh, which CI runs on the demo.
 */
final class DashboardWalk {
  private static final int PATIENCE_MS = 60_000;

  private final Page page;
  private final String url;
  private final Path folder;

  private DashboardWalk(Page page, String url, Path folder) {
    this.page = page;
    this.url = url;
    this.folder = folder;
  }

  /**
   * Takes the address of the API, the folder for the pictures and, if there is one, an agent whose
   * runs may be of any time; the key to sign in with is the environment's {@code WAYMARK_API_KEY}.
   * Ends with 1 and what went wrong, if anything did.
   */
  public static void main(String[] args) {
    String key = System.getenv("WAYMARK_API_KEY");
    try (DashboardBrowser browser = DashboardBrowser.orSkip()) {
      for (DashboardBrowser.Look look :
          List.of(DashboardBrowser.Look.LIGHT_DESKTOP, DashboardBrowser.Look.DARK_DESKTOP)) {
        Path folder = Path.of(args[1], look.name().startsWith("DARK") ? "dark" : "light");
        DashboardWalk walk = new DashboardWalk(browser.strangersPage(look), args[0], folder);
        walk.signIn(key);
        walk.views();
        if (args.length > 2) {
          walk.runsOf(args[2]);
        }
        walk.page.context().close();
      }
      if (!browser.errors().isEmpty()) {
        browser.errors().forEach(System.err::println);
        System.exit(1);
      }
    }
  }

  private void views() {
    view("overview", "#/?range=1h", ".figure");
    page.getByText("per minute").first().waitFor();
    view("live", "#/live", ".feed-row");
    view("runs", "#/runs?has_violations=true", "tr[data-row]");
    page.locator("tr[data-row] a").first().click();
    page.locator(".line.broken").first().click();
    picture("run", ".panel .code");
    view("violations", "#/violations", "tr[data-row]");
    page.locator("tr[data-row] a").first().click();
    picture("violation", ".story");
    view("rules", "#/rules", "tr[data-row]");
    view("process-map", "#/map?range=1h", ".node");
    view("agents", "#/agents", "tr[data-row]");
    view("access-log", "#/settings", "tbody tr");
    view("pipeline", "#/settings?part=pipeline", ".jobs");
  }

  private void runsOf(String agent) {
    view("recorded-runs", "#/runs?range=all&agent=" + agent, "tr[data-row]");
    page.locator("tr[data-row] a").first().click();
    picture("recorded-run", ".line");
    view("recorded-map", "#/map?range=all&agent=" + agent, ".node");
  }

  /** As a person does, at the page's own door. */
  private void signIn(String key) {
    page.navigate(url + "/#/");
    Locator field = page.locator("input[type=password]");
    field.fill(key);
    field.press("Enter");
    page.getByRole(AriaRole.NAVIGATION).first().waitFor();
  }

  private void view(String name, String address, String shown) {
    page.navigate(url + "/" + address);
    picture(name, shown);
  }

  private void picture(String name, String shown) {
    page.locator(shown).first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
    DashboardBrowser.awaitLoaded(page);
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    System.out.println("  " + folder.resolve(name + ".png"));
  }
}
