import { html } from "../core/html.js";

const { svg, path } = html;

/** Drawn on a field of 16 by 16, stroke 1.5. */
const SHAPES = {
  overview: "M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3H9zM9 7.5h4.5v6H9zM2.5 10.5H7v3H2.5z",
  live: "M1.5 8h2.7l2-5.5 3.4 11 2-5.5h2.9",
  runs: "M2.5 3.5h6M5.5 8h8M3.5 12.5h6",
  violations: "M8 1.8l5.5 2v4.1c0 3.2-2.3 5.4-5.5 6.4-3.2-1-5.5-3.2-5.5-6.4V3.8zM8 5v3.2M8 10.8v.1",
  rules: "M4 2h8.5v12H4a1.5 1.5 0 01-1.5-1.5v-9A1.5 1.5 0 014 2zM5.5 5.5h4.5M5.5 8.2h4.5M5.5 11h2.5",
  map: "M3.5 5a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM12.5 9.7a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM3.5 14.4a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM3.5 5v6M5 3.9l6 3M5 12l6-3",
  agents: "M3 6.5h10v6.2a.8.8 0 01-.8.8H3.8a.8.8 0 01-.8-.8zM8 6.5V3.2M8 2.6v.1M6 9.5v1M10 9.5v1",
  settings: "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 6a1.5 1.5 0 100-3 1.5 1.5 0 000 3zM5.5 13a1.5 1.5 0 100-3 1.5 1.5 0 000 3z",
  search: "M7 12A5 5 0 107 2a5 5 0 000 10zM10.7 10.7L14 14",
  sun: "M8 10.8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  moon: "M13.5 9.6A5.8 5.8 0 016.4 2.5a5.8 5.8 0 107.1 7.1z",
  pause: "M5.5 3v10M10.5 3v10",
  play: "M4.5 2.8l8 5.2-8 5.2z",
  right: "M6 3.5L10.5 8 6 12.5",
  left: "M10 3.5L5.5 8l4.5 4.5",
  down: "M3.5 6L8 10.5 12.5 6",
  up: "M3.5 10L8 5.5l4.5 4.5",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  check: "M2.8 8.5l3.4 3.4 7-7.6",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  filter: "M2 3.5h12M4.5 8h7M6.7 12.5h2.6",
  clock: "M8 14A6 6 0 108 2a6 6 0 000 12zM8 4.8V8l2.3 1.6",
  refresh: "M13.5 3v3.3h-3.3M13.2 6.2A5.7 5.7 0 108 13.7a5.7 5.7 0 005.3-3.6",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  logout: "M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3",
  keyboard: "M1.5 4h13v8.5h-13zM4 6.7h.1M6.7 6.7h.1M9.3 6.7h.1M12 6.7h.1M4.7 9.8h6.6",
  bookmark: "M4 2.5h8v11L8 10.7l-4 2.8z",
  warning: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6v.1",
  unplugged: "M5.5 6.5l4 4M3 13l2.2-2.2M6.3 5.7l4 4-1 1a2.8 2.8 0 01-4-4zM13 3l-2.2 2.2M8 4l1-1a2.8 2.8 0 014 4l-1 1M2 2l12 12",
  empty: "M2 9.5l2-6h8l2 6v4H2zM2 9.5h3.5l1 2h3l1-2H14",
  key: "M5.5 13a3 3 0 100-6 3 3 0 000 6zM7.7 7.8L13.5 2M11 4.5l2 2M9.3 6.2l1.3 1.3",
  external: "M6.5 3h-4v10.5h10.5v-4M9 2.5h4.5V7M13.2 2.8L7.5 8.5",
};

/** A picture that stands for nothing that is not said beside it. */
export const Icon = ({ name, size = 16 }) =>
  svg(
    { class: "icon", viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    path({ d: SHAPES[name] }),
  );
