const IDLE_SHARE = 0.03;
const SHORTEST_IDLE_MS = 1_000;

/**
 * Where a time lies between 0 and 1. Idle time may be cut short, so that minutes of waiting for a person do not squeeze
 * milliseconds of work to nothing.
 * @typedef {{from: number, to: number, place: (ms: number) => number, cuts: {at: number, ms: number}[]}} TimeScale cuts: where, and how much was left out
 * @param {{start: number, end: number, lead: number}[]} spans
 * @param {boolean} cutsIdle
 * @returns {TimeScale}
 */
export function timeScale(spans, cutsIdle) {
  const busy = busyTimes(spans);
  const from = busy[0]?.[0] ?? 0;
  const to = busy.at(-1)?.[1] ?? 1;
  if (!cutsIdle || busy.length < 2) {
    const length = Math.max(1, to - from);
    return { from, to, place: (ms) => (ms - from) / length, cuts: [] };
  }
  const worked = busy.reduce((sum, [start, end]) => sum + end - start, 0);
  const longest = Math.max(SHORTEST_IDLE_MS, worked * IDLE_SHARE);
  const points = [[from, 0]];
  const cutFrom = [];
  let x = 0;
  busy.forEach(([start, end], i) => {
    if (i > 0) {
      const idle = start - busy[i - 1][1];
      x += Math.min(idle, longest);
      points.push([start, x]);
      if (idle > longest) {
        cutFrom.push({ x: x - longest / 2, ms: idle });
      }
    }
    x += end - start;
    points.push([end, x]);
  });
  const length = Math.max(1, x);
  return { from, to, place: (ms) => placeIn(points, ms) / length, cuts: cutFrom.map(({ x: at, ms }) => ({ at: at / length, ms })) };
}

/** Stretches in which something went on, in order and apart. */
function busyTimes(spans) {
  const sorted = spans.map(({ start, end, lead }) => [start - lead, end]).sort(([one], [other]) => one - other);
  const busy = [];
  for (const [start, end] of sorted) {
    const last = busy.at(-1);
    if (last && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      busy.push([start, end]);
    }
  }
  return busy;
}

function placeIn(points, ms) {
  let low = 0;
  let high = points.length - 1;
  if (ms <= points[0][0]) {
    return points[0][1];
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= ms) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [[t0, x0], [t1, x1]] = [points[low], points[high]];
  return t1 === t0 ? x1 : x0 + Math.min(1, (ms - t0) / (t1 - t0)) * (x1 - x0);
}
