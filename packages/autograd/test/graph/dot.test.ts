import { instance } from "@viz-js/viz";
import { describe, expect, it } from "vitest";
import { add, graphToDot, mul, parameter, tensor, withScope } from "../../src/index.ts";
import { halves } from "./halves.ts";
import { hostileName, smallNetwork } from "./networks.ts";

/** What Graphviz reads: names, edges and labels. */
interface Layout {
  readonly objects?: readonly {
    readonly name: string;
    readonly label?: string;
    readonly nodes?: readonly number[];
  }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly label?: string }[];
}

const viz = await instance();
const layoutOf = (dot: string): Layout => viz.renderJSON(dot) as Layout;

describe("graphToDot", () => {
  it("writes scopes as clusters, one inside the other", () => {
    expect(graphToDot(smallNetwork())).toMatchInlineSnapshot(`
      "digraph isograd {
        node [shape=box];
        n0 [label="leaf\\nf32[2, 2]" shape=ellipse];
        subgraph cluster_0 {
          label="encoder";
          n2 [label="add\\nf32[1, 2]"];
          n3 [label="relu\\nf32[1, 2]"];
          subgraph cluster_1 {
            label="linear";
            n1 [label="matmul\\nf32[1, 2]"];
          }
        }
        subgraph cluster_2 {
          label="head";
          n4 [label="matmul\\nf32[1, 2]"];
          n5 [label="sum\\nf32[]" peripheries=2];
        }
        n0 -> n1;
        n1 -> n2;
        n2 -> n3;
        n3 -> n4;
        n0 -> n4;
        n4 -> n5;
      }
      "
    `);
  });

  it("is read by Graphviz as it is meant", () => {
    const { objects = [], edges = [] } = layoutOf(graphToDot(smallNetwork()));
    const clusters = objects.filter(({ nodes }) => nodes !== undefined);
    expect(clusters.map(({ label, nodes = [] }) => [label, nodes.length])).toEqual([
      ["encoder", 3],
      ["linear", 1],
      ["head", 2],
    ]);
    const pairs = edges.map(({ tail, head }) => `${objects[tail].name} ${objects[head].name}`);
    expect(pairs).toEqual(["n0 n1", "n1 n2", "n2 n3", "n3 n4", "n0 n4", "n4 n5"]);
  });

  it("labels the outputs of an operation with several", () => {
    const [low, high] = halves(parameter([1, 2]));
    expect(layoutOf(graphToDot(add(low, mul(high, 2)))).edges?.map(({ label }) => label ?? "")).toEqual([
      "",
      "1",
      "0",
      "",
    ]);
  });

  it("writes any name so that it is drawn as it is", () => {
    const svg = viz.renderString(graphToDot(withScope(hostileName, () => mul(parameter([1]), 2))), {
      format: "svg",
    });
    const drawn = svg.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    expect(drawn.replaceAll("&#45;", "-").replaceAll("&#160;", " ").replaceAll("&amp;", "&")).toContain(
      'a"b\\N&amp;<i>#35;`*_[x](y){z}|->;%%',
    );
    expect(svg).toContain("é漢😀end");
  });

  it("draws an empty graph for a constant", () => {
    expect(layoutOf(graphToDot(tensor([1]))).objects).toBeUndefined();
  });
});
