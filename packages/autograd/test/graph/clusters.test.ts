import { describe, expect, it } from "vitest";
import { walkClusters } from "../../src/graph/clusters.ts";
import type { DescribedNode } from "../../src/index.ts";

const nodesIn = (scopes: readonly string[]): DescribedNode[] =>
  scopes.map((scope, id) => ({ id, op: "op", scope, inputs: [], outputs: [], freed: false }));

function written(nodes: readonly DescribedNode[]): string {
  const parts: string[] = [];
  walkClusters(nodes, {
    open: (name, number) => parts.push(`${number}:${name}(`),
    node: ({ id }) => parts.push(`${id}`),
    close: () => parts.push(")"),
  });
  return parts.join(" ");
}

describe("walkClusters", () => {
  it("gathers the nodes of a scope, wherever they come, and nests by path", () => {
    expect(written(nodesIn(["", "a", "b", "a.c", "a", "a.c.d", "b-a", ""]))).toBe(
      "0 7 0:a( 1 4 1:c( 3 2:d( 5 ) ) ) 3:b( 2 ) 4:b-a( 6 )",
    );
  });

  it("opens scopes that hold only scopes", () => {
    expect(written(nodesIn(["a.b.c"]))).toBe("0:a( 1:b( 2:c( 0 ) ) )");
  });

  it("goes as deep as scopes nest, by loop", () => {
    const deep = Array.from({ length: 20_000 }, () => "s").join(".");
    let deepest = 0;
    walkClusters(nodesIn([deep]), {
      open: (_, __, depth) => {
        deepest = depth;
      },
      node: () => {},
      close: () => {},
    });
    expect(deepest).toBe(20_000);
  });

  it("takes as many scopes side by side as there are", () => {
    const count = 200_000;
    let opened = 0;
    walkClusters(nodesIn(Array.from({ length: count }, (_, k) => `s${k}`)), {
      open: () => {
        opened++;
      },
      node: () => {},
      close: () => {},
    });
    expect(opened).toBe(count);
  });
});
