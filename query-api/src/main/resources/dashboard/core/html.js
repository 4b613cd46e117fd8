import { h } from "preact";

/**
 * Makes elements: `div({ class: "card" }, "text", child)`; the attributes may be left out.
 * @typedef {import("preact").ComponentChild} Child
 * @type {Record<string, (attributes?: object | Child, ...children: Child[]) => import("preact").VNode>}
 */
export const html = new Proxy(
  {},
  {
    get: (made, tag) => {
      made[tag] ??= (first, ...rest) =>
        isAttributes(first) ? h(tag, first, ...rest) : h(tag, null, first, ...rest);
      return made[tag];
    },
  },
);

/** An element of a component. */
export const use = (component, attributes, ...children) => h(component, attributes, ...children);

function isAttributes(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !("__v" in value) && value.constructor === Object;
}
