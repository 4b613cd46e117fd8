import { html } from "../core/html.js";

const { svg, polyline } = html;
const WIDTH = 96;
const HEIGHT = 24;

/** How a figure went, without axes. @param {{values: number[]}} properties */
export function Spark({ values }) {
  if (values.length < 2) {
    return null;
  }
  const most = Math.max(...values, 1e-12);
  const points = values.map((value, i) => `${((i / (values.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`);
  return svg(
    { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    polyline({ class: "spark-fill", points: `0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}` }),
    polyline({ class: "spark-line", points: points.join(" ") }),
  );
}
