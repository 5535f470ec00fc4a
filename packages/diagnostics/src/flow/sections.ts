import type { Node } from "@isograd/autograd";
import type { Ways } from "../trace/ways.ts";

/** A stretch between two nodes that every way passes: one operation, or several that run side by side. */
export interface Section {
  readonly top: Node;
  readonly bottom: Node;
  /** The nodes whose rules lead from top to bottom: `top`, and those in between. */
  readonly nodes: readonly Node[];
}

/** Cuts all ways from `top` down to `bottom` where they meet in one node; empty where none leads there, or both are the same. */
export function sectionsOf(top: Node, bottom: Node, ways: Ways): Section[] {
  const leading = nodesBetween(top, bottom, ways);
  const sections: Section[] = [];
  const pending = new Set<Node>(leading.has(top) ? [top] : []);
  let nodes: Node[] = [];
  while (pending.size > 0) {
    const node = latestOf(pending);
    pending.delete(node);
    // Where nothing else is under way, all ways pass.
    if (pending.size === 0 && nodes.length > 0) {
      sections.push({ top: nodes[0], bottom: node, nodes });
      nodes = [];
    }
    nodes.push(node);
    if (node === bottom) continue;
    for (const { to } of ways.stationOf(node)?.sent ?? []) if (leading.has(to)) pending.add(to);
  }
  return sections;
}

/** The nodes that some way from `top` to `bottom` passes, both included. */
function nodesBetween(top: Node, bottom: Node, ways: Ways): Set<Node> {
  const reached = new Set([top]);
  // A set grows while it is walked.
  for (const node of reached) {
    if (node === bottom) continue;
    for (const { to } of ways.stationOf(node)?.sent ?? []) if (to.id >= bottom.id) reached.add(to);
  }
  const leading = new Set<Node>();
  for (const node of [...reached].sort((a, b) => a.id - b.id)) {
    const leads = node === bottom || ways.stationOf(node)?.sent.some(({ to }) => leading.has(to));
    if (leads) leading.add(node);
  }
  return leading;
}

/** A few at most are under way at once. */
function latestOf(nodes: Iterable<Node>): Node {
  let latest: Node | null = null;
  for (const node of nodes) if (latest === null || node.id > latest.id) latest = node;
  return latest as Node;
}
