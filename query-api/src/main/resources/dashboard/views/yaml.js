/**
 * Rules as people write them. The API has them as canonical JSON; this shows that as YAML, and finds the line that a path
 * such as `rules[2].within.max` names.
 */

/** What a person would write first. The database has forgotten the order. */
const ORDER = ["id", "type", "actor", "action", "kind", "template", "when", "activation", "target", "steps", "name", "match", "correlate", "within", "min", "max", "n", "window", "ordered", "expect", "zeta", "key", "scope", "severity", "mode", "description", "remedy", "tags", "case", "on_change"];

const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

const PLAIN = /^[A-Za-z_][A-Za-z0-9_ .\-/*]*$/;
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** YAML of a value. @param {any} value @param {string} indent */
export function toYaml(value, indent = "") {
  if (Array.isArray(value)) {
    return value.map((item) => `${indent}- ${isBlock(item) ? toYaml(item, `${indent}  `).slice(indent.length + 2) : scalar(item)}`).join("\n");
  }
  return Object.entries(value)
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([name, each]) => (isBlock(each) ? `${indent}${name}:\n${toYaml(each, `${indent}  `)}` : `${indent}${name}: ${scalar(each)}`))
    .join("\n");
}

const isBlock = (value) => value !== null && typeof value === "object" && !isShort(value) && (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);

/** Lists of a few words stay on their line. */
const isShort = (value) => Array.isArray(value) && value.every((item) => typeof item !== "object") && JSON.stringify(value).length < 70;

function scalar(value) {
  if (Array.isArray(value)) {
    return `[ ${value.map(scalar).join(", ")} ]`.replace("[  ]", "[]");
  }
  if (value !== null && typeof value === "object") {
    return "{}";
  }
  if (typeof value !== "string") {
    return String(value);
  }
  return PLAIN.test(value) && !NOT_TEXT.test(value) && !value.endsWith(" ") ? value : JSON.stringify(value);
}

/** A rule set with this one rule in it. */
export const ruleSetOf = (definition) => `version: 1\nrules:\n${toYaml([definition], "  ")}\n`;

/**
 * The line, from 1, that a problem is about: the deepest part of its path that the text has.
 * @param {string} text @param {{path: string, message: string}} problem
 */
export function lineOf(text, problem) {
  const told = /^not YAML: line (\d+)/.exec(problem.message);
  if (told) {
    return Number(told[1]);
  }
  const wanted = [...problem.path.matchAll(/[^.[\]]+/g)].map(([part]) => part);
  let best = { depth: 0, line: 1 };
  for (const { path, line } of placesOf(text)) {
    const depth = common(path, wanted);
    if (depth > best.depth && depth === path.length) {
      best = { depth, line };
    }
  }
  return best.line;
}

function common(path, wanted) {
  let n = 0;
  while (n < path.length && n < wanted.length && path[n] === wanted[n]) {
    n++;
  }
  return n;
}

/** Where the names and list items of block YAML stand; names within { } count too. */
function* placesOf(text) {
  const open = [];
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    let rest = line.replace(/(^|\s)#.*$/, "");
    if (!rest.trim()) {
      continue;
    }
    let column = rest.search(/\S/);
    rest = rest.slice(column);
    while (rest.startsWith("- ") || rest === "-") {
      close(open, column, true);
      const parent = open.at(-1);
      const list = parent && parent.column === column && parent.item !== undefined ? parent : undefined;
      if (list) {
        list.item++;
      } else {
        open.push({ column, item: 0 });
      }
      yield { path: pathOf(open), line: number };
      const gap = /^-\s*/.exec(rest)[0].length;
      rest = rest.slice(gap);
      column += gap;
    }
    const name = /^("[^"]+"|'[^']+'|[\w-]+):(\s|$)/.exec(rest);
    if (name) {
      close(open, column, false);
      open.push({ column, name: name[1].replace(/["']/g, "") });
      yield { path: pathOf(open), line: number };
      rest = rest.slice(name[0].length);
    }
    if (rest.includes("{")) {
      for (const [, within] of rest.matchAll(/([\w-]+)\s*:/g)) {
        yield { path: [...pathOf(open), within], line: number };
      }
    }
  }
}

/** Leaves what ends where something begins in that column. */
function close(open, column, isItem) {
  while (open.length > 0) {
    const last = open.at(-1);
    const isOver = last.column > column || (last.column === column && (isItem ? last.item === undefined && !isListOf(open, column) : last.item === undefined));
    if (!isOver) {
      return;
    }
    open.pop();
  }
}

/** A list may stand in the column of its name. */
const isListOf = (open, column) => open.at(-1).column === column && open.at(-1).name !== undefined;

const pathOf = (open) => open.map((each) => each.name ?? String(each.item));
