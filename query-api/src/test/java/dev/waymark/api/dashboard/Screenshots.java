package dev.waymark.api.dashboard;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Pictures of a running dashboard for the README: see docs/screenshots.sh. */
final class Screenshots {
  private static final Map<String, String> VIEWS =
      new TreeMap<>(
          Map.of(
              "overview", "#/?range=all",
              "run", "#/runs?range=all&has_violations=true",
              "process-map", "#/map?range=all&detail=50"));

  private static final int SETTLE_MS = 4_000;

  private Screenshots() {}

  /** Takes the address of the API and the folder for the pictures. */
  public static void main(String[] args) {
    try (DashboardBrowser browser = DashboardBrowser.orSkip()) {
      VIEWS.forEach((name, address) -> take(browser, args[0] + "/" + address, name, args[1]));
    }
  }

  private static void take(DashboardBrowser browser, String address, String name, String folder) {
    DashboardBrowser.Look look =
        name.equals("run")
            ? DashboardBrowser.Look.DARK_DESKTOP
            : DashboardBrowser.Look.LIGHT_DESKTOP;
    Page page = browser.page(look);
    page.navigate(address);
    page.waitForTimeout(SETTLE_MS);
    if (name.equals("run")) {
      page.locator("tr[data-row] a").first().click();
      page.locator(".line.broken").first().click();
      page.waitForTimeout(SETTLE_MS);
    }
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of(folder, "dashboard-" + name + ".png")));
    page.context().close();
  }
}
