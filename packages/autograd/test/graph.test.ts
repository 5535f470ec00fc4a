import { describe, expect, it } from "vitest";
import { nodesBehind } from "../src/graph.ts";
import type { Node } from "../src/index.ts";
import { add, graphNodes, mul, parameter, square, tensor } from "../src/index.ts";

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
  });

  it("are those of several tensors, each once", () => {
    const a = parameter([1]);
    const [y, z] = [square(a), mul(a, 2)];
    expect(graphNodes([z, y, tensor([1])])).toEqual([a.node, y.node, z.node]);
  });

  it("are listed by loop, a million of them", () => {
    let y = parameter([1]);
    for (let k = 1; k < 1e6; k++) y = mul(y, 1);
    expect(graphNodes(y)).toHaveLength(1e6);
  });

  it("are listed by walks that do not disturb each other", () => {
    const a = parameter([1]);
    const [y, z] = [square(a), mul(a, 2)];
    expect(graphNodes(y)).toHaveLength(2);
    expect(graphNodes(z)).toHaveLength(2);
    expect(graphNodes(y)).toHaveLength(2);
  });
});
