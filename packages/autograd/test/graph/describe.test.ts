import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  describeGraph,
  detectAnomaly,
  graphToJson,
  mul,
  parameter,
  square,
  sum,
  tensor,
  withScope,
} from "../../src/index.ts";
import { halves } from "./halves.ts";
import { hostileName, smallNetwork } from "./networks.ts";

describe("describeGraph", () => {
  it("numbers nodes so that inputs come first, and names places", () => {
    const x = parameter([1, 2]);
    const [low, high] = halves(x);
    expect(describeGraph([add(mul(low, 3), high), tensor([1])])).toEqual({
      format: "isograd-graph",
      version: 1,
      nodes: [
        { id: 0, op: null, scope: "", inputs: [], outputs: [{ shape: [2], dtype: "f32" }], freed: false },
        {
          id: 1,
          op: "halves",
          scope: "",
          inputs: [{ node: 0, output: 0 }],
          outputs: [
            { shape: [1], dtype: "f32" },
            { shape: [1], dtype: "f32" },
          ],
          freed: false,
        },
        {
          id: 2,
          op: "mul",
          scope: "",
          inputs: [{ node: 1, output: 0 }, null],
          outputs: [{ shape: [1], dtype: "f32" }],
          freed: false,
        },
        {
          id: 3,
          op: "add",
          scope: "",
          inputs: [
            { node: 2, output: 0 },
            { node: 1, output: 1 },
          ],
          outputs: [{ shape: [1], dtype: "f32" }],
          freed: false,
        },
      ],
      outputs: [{ node: 3, output: 0 }, null],
    });
  });

  it("tells scopes, source lines, and what was freed", () => {
    const scopes = describeGraph(smallNetwork()).nodes.map(({ op, scope }) => `${scope} ${op}`);
    expect(scopes).toContain("encoder.linear matmul");
    const [, node] = describeGraph(detectAnomaly(() => square(parameter([1])))).nodes;
    expect(node.site).toMatch(/describe\.test\.ts:\d+/);
    const loss = sum(square(parameter([1])));
    backward(loss);
    expect(describeGraph(loss).nodes).toMatchObject([{ freed: true, inputs: [] }]);
  });
});

describe("graphToJson", () => {
  it("comes back from JSON as it was", () => {
    const loss = smallNetwork();
    expect(JSON.parse(graphToJson(loss))).toEqual(describeGraph(loss));
    const named = withScope(hostileName, () => mul(parameter([1]), 2));
    expect(JSON.parse(graphToJson(named))).toEqual(describeGraph(named));
  });
});
