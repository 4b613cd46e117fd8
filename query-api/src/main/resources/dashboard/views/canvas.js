import { useEffect, useRef, useState } from "preact/hooks";
import { html, use } from "../core/html.js";
import { IconButton } from "../ui/parts.js";

const { div, svg, g, path, rect, text, defs, marker, title } = html;
const ZOOM = 1.25;
const MOST_ZOOM = 3;

/** The drawn map: drag to move, turn the wheel or press to zoom, press an activity for its details. */
export function Canvas({ layout, chosen, onChoose }) {
  const frame = useRef(null);
  const [view, setView] = useState({ x: 0, y: 0, scale: 1 });
  const drag = useRef(null);
  const fit = () => {
    const { clientWidth, clientHeight } = frame.current;
    const whole = Math.min(clientWidth / layout.width, clientHeight / layout.height, 1.1);
    // Words must stay readable: what does not fit then is moved to.
    const scale = Math.max(whole, 0.55);
    setView({ scale, x: (clientWidth - layout.width * scale) / 2, y: scale > whole ? 8 : (clientHeight - layout.height * scale) / 2 });
  };
  useEffect(fit, [layout]);
  const zoom = (by, at) => {
    const { clientWidth, clientHeight } = frame.current;
    const { x, y } = at ?? { x: clientWidth / 2, y: clientHeight / 2 };
    setView((before) => {
      const scale = Math.min(MOST_ZOOM, Math.max(0.1, before.scale * by));
      const change = scale / before.scale;
      return { scale, x: x - (x - before.x) * change, y: y - (y - before.y) * change };
    });
  };
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * 0.0015), { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);
  const near = chosen && new Set(layout.edges.filter((edge) => edge.source === chosen || edge.target === chosen).flatMap((edge) => [edge.source, edge.target]));
  return div(
    {
      class: "canvas",
      ref: frame,
      onPointerDown: (event) => {
        if (!event.target.closest("[role=button], button")) {
          drag.current = { x: event.clientX - view.x, y: event.clientY - view.y };
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      },
      onPointerMove: (event) => drag.current && setView({ ...view, x: event.clientX - drag.current.x, y: event.clientY - drag.current.y }),
      onPointerUp: () => {
        drag.current = null;
      },
    },
    svg(
      { role: "group", "aria-label": "Process map" },
      defs(["", "-rare", "-broken"].map((kind) => marker({ key: kind, id: `head${kind}`, class: `head${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, path({ d: "M0 0L8 4L0 8z" })))),
      g(
        { transform: `translate(${view.x} ${view.y}) scale(${view.scale})` },
        layout.edges.map((edge) => use(Edge, { key: `${edge.source}>${edge.target}`, edge, isFar: chosen && edge.source !== chosen && edge.target !== chosen })),
        layout.nodes.map((node) => use(Node, { key: node.id, node, isChosen: node.id === chosen, isFar: near && !near.has(node.id) && node.id !== chosen, onChoose })),
      ),
    ),
    div({ class: "canvas-tools" }, use(IconButton, { icon: "plus", label: "Larger", onClick: () => zoom(ZOOM) }), use(IconButton, { icon: "minus", label: "Smaller", onClick: () => zoom(1 / ZOOM) }), use(IconButton, { icon: "fit", label: "Fit", onClick: fit })),
  );
}

function Edge({ edge, isFar }) {
  const kind = edge.isBroken ? "-broken" : edge.isRare ? "-rare" : "";
  return g(
    { class: `edge ${kind.slice(1)} ${edge.isEnd ? "end" : ""} ${isFar ? "far" : ""}` },
    title(`${edge.label}${edge.proving ? `, proves ${edge.proving} violations` : ""}`),
    path({ d: curve(edge.points), "marker-end": `url(#head${kind})`, "stroke-width": (1.2 + edge.share * 4).toFixed(2) }),
    !edge.isEnd && text({ x: edge.x, y: edge.y + 4, "text-anchor": "middle" }, edge.label),
  );
}

/** Through dagre's points, round at the corners. */
function curve(points) {
  let line = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const middle = { x: (points[i].x + points[i + 1].x) / 2, y: (points[i].y + points[i + 1].y) / 2 };
    const end = i === points.length - 2 ? points[i + 1] : middle;
    line += `Q${points[i].x} ${points[i].y} ${end.x} ${end.y}`;
  }
  return points.length === 2 ? `${line}L${points[1].x} ${points[1].y}` : line;
}

function Node({ node, isChosen, isFar, onChoose }) {
  const choose = () => onChoose(isChosen ? undefined : node.id);
  return g(
    {
      class: `node ${node.isEnd ? "end" : ""} ${node.isBroken ? "broken" : ""} ${node.hasFailed ? "failed" : ""} ${isChosen ? "chosen" : ""} ${isFar ? "far" : ""}`,
      transform: `translate(${node.x - node.width / 2} ${node.y - node.height / 2})`,
      ...(node.isEnd ? {} : { role: "button", tabIndex: 0, "aria-pressed": String(isChosen), "aria-label": `${node.label}, ${node.note}${node.proving ? `, proves ${node.proving} violations` : ""}`, onClick: choose, onKeyDown: (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), choose()) }),
    },
    rect({ width: node.width, height: node.height, rx: node.isEnd ? 14 : 7 }),
    !node.isEnd && rect({ class: "node-share", x: 0, y: node.height - 3, height: 3, width: Math.max(2, node.width * node.share), rx: 1.5 }),
    text({ class: "node-name", x: node.width / 2, y: node.isEnd ? 18 : 18, "text-anchor": "middle" }, cut(node.label, node.width)),
    node.note && text({ class: "node-note", x: node.width / 2, y: 33, "text-anchor": "middle" }, node.note),
  );
}

function cut(label, width) {
  const room = Math.floor((width - 20) / 7);
  return label.length > room ? `${label.slice(0, room - 1)}…` : label;
}
