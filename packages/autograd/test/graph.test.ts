import { describe, expect, it } from "vitest";
import { nodesBehind } from "../src/graph.ts";
import type { Node } from "../src/index.ts";
import {
  add,
  graphNodes,
  measureGraph,
  mul,
  parameter,
  printGraph,
  square,
  sum,
  tensor,
  withScope,
} from "../src/index.ts";

describe("the nodes behind a tensor", () => {
  it("come once each, after their sources", () => {
    const [a, b] = [parameter([1]), parameter([2])];
    const shared = mul(a, b);
    const root = add(square(shared), mul(shared, a));
    const nodes = graphNodes(root);
    expect(nodes.map(({ op }) => op?.name ?? "leaf")).toEqual([
      "leaf",
      "leaf",
      "mul",
      "square",
      "mul",
      "add",
    ]);
    for (const node of nodes) {
      for (const source of node.sources)
        if (source !== null) expect(nodes.indexOf(source)).toBeLessThan(nodes.indexOf(node));
    }
    expect(nodesBehind([root.node as Node, shared.node as Node])).toHaveLength(6);
  });

  it("are none behind a constant", () => {
    expect(graphNodes(tensor([1]))).toEqual([]);
    expect(printGraph(tensor([1]))).toBe("");
    expect(measureGraph(tensor([1]))).toEqual({ nodes: 0, bytes: 0 });
  });

  it("are listed by walks that do not disturb each other", () => {
    const a = parameter([1]);
    const [y, z] = [square(a), mul(a, 2)];
    expect(graphNodes(y)).toHaveLength(2);
    expect(graphNodes(z)).toHaveLength(2);
    expect(graphNodes(y)).toHaveLength(2);
  });
});

describe("printing and measuring", () => {
  const x = parameter([1, 2, 3], { dtype: "f64" });
  const loss = withScope("loss", () => sum(square(add(x, tensor([1])))));

  it("shows a line a node", () => {
    expect(printGraph(loss)).toMatchInlineSnapshot(`
      "0  leaf f64[3]
      1  add(0, ·) f64[3] in loss
      2  square(1) f64[3] in loss
      3  sum(2) f64[1] in loss
      4  reshape(3) f64[] in loss"
    `);
  });

  it("counts nodes and bytes", () => {
    expect(measureGraph(loss)).toEqual({ nodes: 5, bytes: 3 * 24 + 8 + 8 });
  });
});
