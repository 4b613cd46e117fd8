const THIN = "\u202f";
const STEPS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** 1.2 M, 12.4 k, 812. */
export function count(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const size = Math.abs(value);
  const step = STEPS.find(([of]) => size >= of * 0.99995);
  if (!step) {
    return String(Number.isInteger(value) ? value : Math.round(value * 100) / 100);
  }
  const shown = value / step[0];
  return `${shown.toFixed(Math.abs(shown) >= 99.95 ? 0 : 1)}${THIN}${step[1]}`;
}

const WHOLE = new Intl.NumberFormat("en-US");

/** Every digit, for a title. */
export const exact = (value) => (value === null || value === undefined ? "" : WHOLE.format(value));

/** $0.0042, $12.40, $1.2 k. */
export function money(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const size = Math.abs(value);
  if (size === 0) {
    return "$0";
  }
  if (size >= 10_000) {
    return `$${count(value)}`;
  }
  if (size >= 1) {
    return `$${value.toFixed(2)}`;
  }
  return size < 0.000_01 ? "<$0.00001" : `$${Number(value.toPrecision(2)).toFixed(Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(size)))))}`;
}

/** 820 ms, 1.24 s, 2 m 05 s, 3 h 12 m, 2 d 4 h. */
export function duration(ms) {
  if (ms === null || ms === undefined) {
    return "–";
  }
  if (ms < 1) {
    return ms <= 0 ? `0${THIN}ms` : `<1${THIN}ms`;
  }
  if (ms < 999.5) {
    return `${Math.round(ms)}${THIN}ms`;
  }
  const s = ms / 1000;
  if (s < 59.95) {
    return `${s.toFixed(s < 10 ? 2 : 1)}${THIN}s`;
  }
  const whole = Math.round(s);
  if (whole < 3600) {
    return pair(Math.floor(whole / 60), "m", whole % 60, "s");
  }
  if (whole < 86_400) {
    return pair(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "m");
  }
  return pair(Math.floor(whole / 86_400), "d", Math.floor((whole % 86_400) / 3600), "h");
}

function pair(major, of, minor, ofMinor) {
  return `${major}${THIN}${of} ${String(minor).padStart(2, "0")}${THIN}${ofMinor}`;
}

/** 12.4 %. */
export function percent(share) {
  if (share === null || share === undefined || Number.isNaN(share)) {
    return "–";
  }
  const value = share * 100;
  return `${value !== 0 && Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)}${THIN}%`;
}

/** 12.4 kB. */
export function bytes(value) {
  return value < 1000 ? `${value}${THIN}B` : `${count(value)}B`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const MINUTE = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** In the viewer's zone: 14:03:22 today, else with the day. */
export function time(iso, now = new Date()) {
  const at = new Date(iso);
  return at.toDateString() === now.toDateString() ? CLOCK.format(at) : `${day(at, now)}, ${MINUTE.format(at)}`;
}

/** With milliseconds, for a place within a run. */
export function preciseTime(iso) {
  const at = new Date(iso);
  return `${CLOCK.format(at)}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

export function day(at, now = new Date()) {
  return (at.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR).format(at);
}

export const minute = (at) => MINUTE.format(at);

/** 12 s ago, 5 min ago, 3 h ago, 4 d ago. */
export function ago(iso, now = Date.now()) {
  const s = Math.round((now - new Date(iso).getTime()) / 1000);
  if (s < 0) {
    return "ahead of time";
  }
  if (s < 5) {
    return "just now";
  }
  if (s < 60) {
    return `${s}${THIN}s ago`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)}${THIN}min ago`;
  }
  return s < 86_400 ? `${Math.floor(s / 3600)}${THIN}h ago` : `${Math.floor(s / 86_400)}${THIN}d ago`;
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** For a title: what the time is in UTC. */
export const utc = (iso) => `${iso.replace("T", " ").replace(/Z$/, "")} UTC (shown in ${ZONE})`;

/** "missing_step" as "Missing step". */
export function words(code) {
  const text = String(code ?? "").replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An id that is too long to be read: its begin. */
export const shortId = (id, length = 12) => (id && id.length > length + 2 ? `${id.slice(0, length)}…` : id);

/** "1 run", "2 runs". */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;
