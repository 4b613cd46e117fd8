import { count, duration } from "../core/format.js";

const START = "start:";
const END = "end:";
const NODE_HEIGHT = 44;
const CHAR_WIDTH = 7.2;
const RARE = 0.02;

/** Of an activity or a flow: the share of its events from which on it stands out as one that breaks rules. */
const BREAKING = 0.1;

/**
 * The part of a process map that is worth drawing at a level of detail: its most frequent activities and flows, those that
 * often prove violations whatever their number, where most runs begin and end, and for each activity that is drawn one way
 * in and one way out at least.
 * @param {object} map as the API has it @param {number} detail 0 to 1
 */
export function simplified(map, detail) {
  const shown = new Set([...top(map.activities, detail), ...map.activities.filter(isBreaking), ...most(map.activities, "starts"), ...most(map.activities, "ends")].map((each) => each.id));
  const possible = map.flows.filter((flow) => shown.has(flow.source) && shown.has(flow.target));
  const flows = new Set([...top(possible, detail * detail), ...possible.filter(isBreaking)]);
  for (const id of shown) {
    add(flows, possible.find((flow) => flow.target === id && flow.source !== id));
    add(flows, possible.find((flow) => flow.source === id && flow.target !== id));
  }
  const busiest = Math.max(...map.flows.map((flow) => flow.count), 1);
  const activities = map.activities.filter((each) => shown.has(each.id));
  const ends = [...bySide(activities, "starts", START), ...bySide(activities, "ends", END)];
  return {
    flows: flows.size,
    nodes: [...activities.map((each) => nodeOf(each, map.runs)), endNode(START, "Start"), endNode(END, "End")],
    edges: [...[...flows].map((flow) => ({ ...flow, share: flow.count / busiest, isRare: flow.count / busiest < RARE, isBroken: isBreaking(flow), label: `${count(flow.count)} · ${duration(flow.median_gap_ms)}` })), ...ends],
  };
}

/** Where most runs begin, or end: one activity, or none. */
const most = (activities, side) =>
  activities.filter((each) => each[side] > 0).sort((one, other) => other[side] - one[side]).slice(0, 1);

const isBreaking = (each) => each.proving / each.count >= BREAKING;

/** So many of the most frequent that they make up that share of all that happens. */
function top(items, share) {
  const all = items.reduce((sum, each) => sum + each.count, 0);
  let sum = 0;
  return items.filter((each) => {
    const isIn = sum < all * share || share >= 1;
    sum += each.count;
    return isIn;
  });
}

function add(set, item) {
  if (item) {
    set.add(item);
  }
}

/** Flows from the start and to the end; the frequent ones, so that the picture stays one. */
function bySide(activities, side, id) {
  const sorted = activities.filter((each) => each[side] > 0).sort((one, other) => other[side] - one[side]);
  const most = sorted[0]?.[side] ?? 1;
  return sorted
    .filter((each, i) => i === 0 || each[side] / most >= RARE)
    .map((each) => ({ ...(id === START ? { source: START, target: each.id } : { source: each.id, target: END }), count: each[side], share: (each[side] / most) * 0.4, isRare: false, isBroken: false, isEnd: true, proving: 0, label: count(each[side]) }));
}

const nodeOf = (activity, runs) => ({
  id: activity.id,
  type: activity.type,
  label: activity.failed ? `${activity.name} failed` : activity.name,
  note: `${count(activity.count)} in ${count(activity.runs)} of ${count(runs)} runs`,
  share: activity.runs / runs,
  proving: activity.proving,
  isBroken: isBreaking(activity),
  hasFailed: activity.failed || activity.type === "error",
});

const endNode = (id, label) => ({ id, label, isEnd: true, note: "", share: 0, proving: 0 });

/** Places for everything, by dagre. @returns {{width: number, height: number, nodes: object[], edges: object[]}} */
export function layOut(dagre, { nodes, edges }) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 54, edgesep: 18, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const width = node.isEnd ? 64 : Math.min(240, Math.max(120, Math.max(node.label.length, node.note.length * 0.85) * CHAR_WIDTH + 28));
    graph.setNode(node.id, { ...node, width, height: node.isEnd ? 28 : NODE_HEIGHT });
  }
  for (const edge of edges) {
    // Room for the words on it; the weight keeps frequent paths straight.
    graph.setEdge(edge.source, edge.target, { ...edge, width: edge.label.length * 6, height: 14, labelpos: "c", weight: 1 + Math.round(edge.share * 20) });
  }
  dagre.layout(graph);
  const { width, height } = graph.graph();
  return {
    width,
    height,
    nodes: graph.nodes().map((id) => graph.node(id)).filter((node) => node.x !== undefined),
    edges: graph.edges().map((each) => graph.edge(each)),
  };
}
