package dev.waymark.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How fast it is. The bounds on bytes are exact; those on time are lenient, for a busy machine, and
 * the figures are printed.
 */
class DashboardSpeedIT {
  private static final int FIRST_LOAD_BYTES = 300_000;
  private static final int LENIENT_MS = 10_000;

  /** Messages as the feed sends them, a thousand a second, however busy the machine is. */
  private static final String FEED =
      """
      (() => {
        const fetched = window.fetch;
        window.fetch = (address, options) => {
          if (!String(address).startsWith('/api/v1/feed')) return fetched(address, options);
          if (!String(address).includes('events')) return new Promise(() => {});
          let n = 0;
          const line = () => {
            n++;
            const data = { run_id: 'run-' + (n % 50), agent_id: 'bot', seq: n, t: new Date().toISOString(),
              type: n % 2 ? 'action_request' : 'action_response', action: 'search', status: n % 9 ? 'success' : 'error' };
            return 'id: ' + n + '\\nevent: event\\ndata: ' + JSON.stringify({ id: String(n), kind: 'event', tenant: 'default', data }) + '\\n\\n';
          };
          const encoder = new TextEncoder();
          const body = new ReadableStream({ start(controller) {
            const began = performance.now();
            setInterval(() => {
              const due = Math.floor(performance.now() - began) - n;
              if (due > 0) controller.enqueue(encoder.encode(Array.from({ length: due }, line).join('')));
            }, 20);
          } });
          return Promise.resolve(new Response(body, { status: 200 }));
        };
      })()
      """;

  /** Frames drawn and the longest pause between two, over three seconds. */
  private static final String FRAMES =
      """
      () => new Promise((done) => {
        const begin = performance.now();
        let frames = 0, last = begin, longest = 0;
        const frame = (now) => {
          frames++;
          longest = Math.max(longest, now - last);
          last = now;
          if (now - begin > 3000) done({ perSecond: frames / (now - begin) * 1000, longestMs: longest });
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      })
      """;

  private static DashboardServer server;
  private static DashboardBrowser browser;

  @BeforeAll
  static void start() {
    browser = DashboardBrowser.orSkip();
    server = new DashboardServer(Map.of());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  @Test
  void loadsLittleAndSoon() {
    // Given
    Page page = browser.page(DashboardBrowser.Look.LIGHT_DESKTOP);

    // When
    page.navigate(server.url() + "/");
    page.locator(".nav-link").first().waitFor();
    double interactiveMs = number(page, "performance.now()");
    page.locator(".chart canvas").first().waitFor();
    page.waitForTimeout(1_000);
    double bytes =
        number(
            page,
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                + ".filter((e) => !e.name.includes('/api/') && !e.name.includes('/auth/')).reduce((sum, e) => sum + e.encodedBodySize, 0)");

    // Then
    tell("first load", bytes, "bytes packed, with Chart.js");
    tell("navigation is there after", interactiveMs, "ms");
    assertThat(bytes).isLessThan(FIRST_LOAD_BYTES);
    assertThat(interactiveMs).isLessThan(LENIENT_MS);
  }

  @Test
  void opensALongRunSoon() {
    // Given
    Page page = browser.page(DashboardBrowser.Look.LIGHT_DESKTOP);
    page.navigate(server.url() + "/#/runs");
    page.locator("tr[data-row]").first().waitFor();

    // When
    double from = number(page, "performance.now()");
    page.evaluate("location.hash = '#/runs/" + DashboardServer.LONG_RUN + "'");
    page.locator(".line").first().waitFor(new Locator.WaitForOptions().setTimeout(LENIENT_MS));
    double ms = number(page, "performance.now()") - from;

    // Then
    tell("a run of 10,000 events opens in", ms, "ms");
    assertThat(ms).isLessThan(LENIENT_MS);
  }

  @Test
  void staysResponsiveAtAThousandEventsASecond() {
    // Given
    Page page = browser.page(DashboardBrowser.Look.LIGHT_DESKTOP);
    page.addInitScript(FEED);
    page.navigate(server.url() + "/#/live");
    page.locator(".feed-row").first().waitFor();
    page.waitForTimeout(1_500);

    // When
    @SuppressWarnings("unchecked")
    Map<String, Object> frames = (Map<String, Object>) page.evaluate(FRAMES);

    // Then
    tell("frames a second", ((Number) frames.get("perSecond")).doubleValue(), "");
    tell("longest pause", ((Number) frames.get("longestMs")).doubleValue(), "ms");
    assertThat(page.locator(".feed-rate").textContent()).contains("a sample: 1 of");
    assertThat(page.locator(".feed-row").count()).isLessThanOrEqualTo(200);
    assertThat(((Number) frames.get("perSecond")).doubleValue()).isGreaterThan(5);
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private static void tell(String what, double figure, String unit) {
    System.out.println("[dashboard] " + what + ": " + Math.round(figure) + " " + unit);
  }
}
