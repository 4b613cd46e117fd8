import { useEffect, useRef } from "preact/hooks";
import { html } from "../core/html.js";
import { useStore } from "../core/store.js";
import { day, minute } from "../core/format.js";
import { colour } from "./colour.js";
import { loadLibrary } from "./library.js";
import { theme } from "./theme.js";

const { div, canvas } = html;
const DAY_MS = 86_400_000;

/**
 * Lines or bars over time.
 * @typedef {{name: string, colour: string, points: [number, number | null][], kind?: "line" | "bar"}} Series colour: a custom property
 * @param {{label: string, series: Series[], format: (value: number) => string, from?: number, to?: number, isStacked?: boolean}} properties
 *   label: what those hear who cannot see it
 */
export function TimeChart({ label, series, format, from, to, isStacked = false }) {
  const element = useRef(null);
  const chart = useRef(null);
  const look = useStore(theme);
  useEffect(() => {
    let isGone = false;
    loadLibrary("chart.js", "Chart").then((Chart) => {
      if (isGone) {
        return;
      }
      const settings = settingsOf({ series, format, from, to, isStacked });
      if (chart.current && chart.current.config.type === settings.type) {
        chart.current.data = settings.data;
        chart.current.options = settings.options;
        chart.current.update("none");
      } else {
        chart.current?.destroy();
        chart.current = new Chart(element.current, settings);
      }
    });
    return () => {
      isGone = true;
    };
  }, [series, from, to, look]);
  useEffect(() => () => chart.current?.destroy(), []);
  return div({ class: "chart" }, canvas({ ref: element, role: "img", "aria-label": label }));
}

function settingsOf({ series, format, from, to, isStacked }) {
  const isBar = series[0]?.kind === "bar";
  return {
    type: isBar ? "bar" : "line",
    data: {
      datasets: series.map((each) => ({
        label: each.name,
        data: each.points.map(([x, y]) => ({ x, y })),
        borderColor: colour(each.colour),
        backgroundColor: isBar ? colour(each.colour) : colour(each.colour, 0.12),
        fill: !isBar && series.length === 1,
        borderWidth: isBar ? 0 : 1.5,
        borderRadius: 1.5,
        maxBarThickness: 14,
        minBarLength: isBar ? 2 : undefined,
        pointRadius: each.points.length === 1 ? 2.5 : 0,
        pointHoverRadius: 3,
        pointHoverBackgroundColor: colour(each.colour),
        cubicInterpolationMode: "monotone",
        spanGaps: true,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      parsing: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 4 } },
      scales: {
        x: {
          type: "linear",
          min: from,
          max: to,
          offset: false,
          stacked: isStacked,
          grid: { display: false },
          border: { color: colour("--line") },
          ticks: { color: colour("--quiet"), font: { size: 11 }, maxRotation: 0, maxTicksLimit: 6, callback: (x) => tick(x, (to ?? 0) - (from ?? 0)) },
          afterBuildTicks: (axis) => {
            axis.ticks = niceTimes(axis.min, axis.max).map((value) => ({ value }));
          },
        },
        y: {
          beginAtZero: true,
          stacked: isStacked,
          border: { display: false },
          grid: { color: colour("--line-soft"), drawTicks: false },
          ticks: { color: colour("--quiet"), font: { size: 11 }, padding: 6, maxTicksLimit: 4, callback: (y) => format(y) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          backgroundColor: colour("--raised"),
          borderColor: colour("--line-strong"),
          borderWidth: 1,
          titleColor: colour("--quiet"),
          titleFont: { size: 11, weight: "400" },
          bodyColor: colour("--ink"),
          bodyFont: { size: 12 },
          padding: 8,
          boxWidth: 8,
          boxHeight: 8,
          boxPadding: 4,
          usePointStyle: true,
          callbacks: {
            title: (items) => `${day(new Date(items[0].parsed.x))}, ${minute(new Date(items[0].parsed.x))}`,
            label: (item) => ` ${item.dataset.label}  ${format(item.parsed.y)}`,
          },
        },
      },
    },
  };
}

const STEPS_MS = [60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000, DAY_MS, 2 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS, 365 * DAY_MS];

/** Whole hours and days of the viewer's zone. */
function niceTimes(min, max) {
  const step = STEPS_MS.find((each) => (max - min) / each <= 6) ?? STEPS_MS.at(-1);
  const shift = new Date(min).getTimezoneOffset() * 60_000;
  const times = [];
  for (let at = Math.ceil((min - shift) / step) * step + shift; at <= max; at += step) {
    times.push(at);
  }
  return times;
}

function tick(x, span) {
  const at = new Date(x);
  const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
  return span > 2 * DAY_MS || isMidnight ? day(at) : minute(at);
}
