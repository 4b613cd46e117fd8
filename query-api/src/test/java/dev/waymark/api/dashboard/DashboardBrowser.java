package dev.waymark.api.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.waymark.api.ApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium, without a screen. */
final class DashboardBrowser implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;

  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("WAYMARK_TEST_CHROMIUM", "/usr/bin/chromium"));
  private static final Map<String, String> NO_DOWNLOAD =
      Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> errors = new ArrayList<>();

  private DashboardBrowser() {
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** How the page is looked at. */
  enum Look {
    LIGHT_DESKTOP(ColorScheme.LIGHT, 1440, 900),
    DARK_DESKTOP(ColorScheme.DARK, 1440, 900),
    LIGHT_PHONE(ColorScheme.LIGHT, 390, 844),
    DARK_PHONE(ColorScheme.DARK, 390, 844);

    private final ColorScheme colours;
    private final int width;
    private final int height;

    Look(ColorScheme colours, int width, int height) {
      this.colours = colours;
      this.width = width;
      this.height = height;
    }
  }

  /** Skips the test where there is no Chromium. */
  static DashboardBrowser orSkip() {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM),
        "no Chromium at " + CHROMIUM + "; set WAYMARK_TEST_CHROMIUM to run this test");
    return new DashboardBrowser();
  }

  /** A new tab of the operator's admin, who signed in. */
  Page page(Look look) {
    Page page = strangersPage(look);
    page.addInitScript(
        "sessionStorage.setItem('waymark.credential', '" + ApiServer.ADMIN_KEY + "')");
    return page;
  }

  /** A new tab of somebody who was never here. */
  Page strangersPage(Look look) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width, look.height)
                .setColorScheme(look.colours));
    Page page = context.newPage();
    page.onConsoleMessage(this::note);
    page.onPageError(error -> errors.add("uncaught: " + error));
    return page;
  }

  /** Waits until no part of a page is still being loaded. */
  static void awaitLoaded(Page page) {
    page.locator(".skeleton")
        .first()
        .waitFor(
            new Locator.WaitForOptions()
                .setState(WaitForSelectorState.DETACHED)
                .setTimeout(PATIENCE_MS));
  }

  /** What pages said went wrong, without what the API refused. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  private void note(ConsoleMessage message) {
    // A browser logs every refusal, also those that the page is made for.
    boolean isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type().equals("error") && !isRefusal) {
      errors.add(message.text());
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
