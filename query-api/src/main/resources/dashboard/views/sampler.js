const KEPT_ROWS = 200;
const FRAMES_PER_SECOND = 60;

/** Rows a second that a person may still follow with the eye; beyond, what comes is sampled. */
const SHOWN_PER_SECOND = 60;
const WINDOW_MS = 1_000;

/**
 * Keeps the last rows of a feed for the eye. At most so many a second are kept that the page stays calm; violations are
 * always kept. How large the kept share is, is told.
 */
export function createSampler(now = () => performance.now()) {
  let rows = [];
  let fresh = [];
  let came = [];
  let shown = 0;
  let since = now();
  let key = 0;
  let isDirty = false;
  let lastRate = -1;

  /** How many came in the last second. */
  const rate = () => {
    const edge = now() - WINDOW_MS;
    came = came.filter(([at]) => at > edge);
    return came.reduce((sum, [, n]) => sum + n, 0);
  };

  return {
    clear() {
      rows = [];
      fresh = [];
      came = [];
      isDirty = true;
    },

    take(messages) {
      if (messages.length === 0) {
        return;
      }
      came.push([now(), messages.length]);
      if (now() - since > WINDOW_MS) {
        since = now();
        shown = 0;
      }
      // Spread over the second, so that a burst at its begin does not take it all.
      const due = Math.ceil(((now() - since + WINDOW_MS / FRAMES_PER_SECOND) / WINDOW_MS) * SHOWN_PER_SECOND);
      for (const message of messages) {
        if (message.kind === "violation" || shown < due) {
          shown++;
          fresh.push({ ...message, key: key++ });
        }
      }
      if (fresh.length > KEPT_ROWS) {
        fresh = fresh.slice(-KEPT_ROWS);
      }
    },

    hasNews(isPaused) {
      return isDirty || fresh.length > 0 || (!isPaused && rate() !== lastRate);
    },

    view(isPaused) {
      if (!isPaused && fresh.length > 0) {
        rows = [...fresh.reverse(), ...rows].slice(0, KEPT_ROWS);
        fresh = [];
      }
      isDirty = false;
      lastRate = rate();
      return { rows, rate: lastRate, shownShare: lastRate > SHOWN_PER_SECOND ? SHOWN_PER_SECOND / lastRate : 1, waiting: fresh.length };
    },
  };
}
