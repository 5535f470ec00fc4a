import type { DescribedNode } from "./describe.ts";

/** What to write while walking through nodes that are grouped by scope. */
export interface ClusterWriter {
  /** A scope begins; `name` is the last part of its path, and the number is its own. */
  open(name: string, number: number, depth: number): void;
  node(node: DescribedNode, depth: number): void;
  close(depth: number): void;
}

interface Cluster {
  readonly name: string;
  readonly depth: number;
  readonly nodes: DescribedNode[];
  readonly inner: Map<string, Cluster>;
}

const clusterOf = (name: string, depth: number): Cluster => ({ name, depth, nodes: [], inner: new Map() });

/** Walks through the scopes by loop, however deep they nest: first the nodes of a scope, then the scopes inside. */
export function walkClusters(nodes: readonly DescribedNode[], writer: ClusterWriter): void {
  const stack: (Cluster | null)[] = [groupByScope(nodes)];
  const open: Cluster[] = [];
  let count = 0;
  while (stack.length > 0) {
    const cluster = stack.pop() as Cluster | null;
    if (cluster === null) {
      writer.close((open.pop() as Cluster).depth);
      continue;
    }
    if (cluster.depth > 0) {
      writer.open(cluster.name, count++, cluster.depth);
      open.push(cluster);
      stack.push(null);
    }
    for (const node of cluster.nodes) writer.node(node, cluster.depth + 1);
    // Not spread into the call: there may be more of them than a call takes arguments.
    for (const inner of [...cluster.inner.values()].reverse()) stack.push(inner);
  }
}

function groupByScope(nodes: readonly DescribedNode[]): Cluster {
  const root = clusterOf("", 0);
  const known = new Map<string, Cluster>([["", root]]);
  for (const node of nodes) {
    let cluster = known.get(node.scope);
    if (cluster === undefined) {
      cluster = root;
      for (const name of node.scope.split(".")) {
        const inner: Cluster = cluster.inner.get(name) ?? clusterOf(name, cluster.depth + 1);
        cluster.inner.set(name, inner);
        cluster = inner;
      }
      known.set(node.scope, cluster);
    }
    cluster.nodes.push(node);
  }
  return root;
}
