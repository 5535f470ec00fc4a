import {
  Generator,
  matmul,
  parameter,
  randn,
  relu,
  sigmoid,
  type Tensor,
  tanh,
  transpose,
} from "@isograd/autograd";
import { crossEntropy, Linear, mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { chainOf } from "../../src/flow/chain.ts";
import { redrawFlows } from "../../src/flow/redraw.ts";
import { sumOfSquares } from "../../src/statistics.ts";
import { type Subject, trace } from "../../src/trace/trace.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";
import { weightNormalised } from "../networks/structured.ts";

function redraw(subject: Subject, count: number, seed = 0): number[][] | null {
  const traced = trace(subject);
  return redrawFlows(subject, traced, chainOf(traced.contractions), {
    count,
    generator: new Generator(seed),
  });
}

/** σw² of a leaf, fan-in last. */
const varianceOf = (leaf: Tensor): number => (sumOfSquares(leaf) / leaf.size) * leaf.shape[leaf.rank - 1];

describe("a draw", () => {
  it("is at the critical weights of the activation below, with zero biases; the first layer's keep the inputs", () => {
    const network = plain({ inputs: 60, width: 80, depth: 3, activation: relu, seed: 1 });
    const layers = network.layers.flatMap((layer) => (layer instanceof Linear ? [layer] : []));
    let drawn: { weight: Tensor; bias: Tensor | undefined }[] = [];
    const model = (x: Tensor): Tensor => {
      drawn = layers.map(({ weight, bias }) => ({ weight: weight.detach(), bias: bias?.detach() }));
      return network.call(x);
    };
    redraw({ model, batch: classes({ seed: 1, inputs: 60 }), loss: crossEntropy }, 1);
    const [first, second, third] = drawn;
    // Four standard deviations of a mean of so many squares.
    const within = (leaf: Tensor, variance: number): void =>
      expect(Math.abs(varianceOf(leaf) / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / leaf.size));
    within(first.weight, 1);
    within(second.weight, 2);
    within(third.weight, 2);
    for (const { bias } of [first, second, third])
      expect(bias?.values().every((value) => value === 0)).toBe(true);
  });

  it("gives weights that two layers share the geometric mean of what they ask for", () => {
    const shared = parameter(randn(new Generator(1), [50, 200]));
    // As decoder [50, 200] behind tanh, fan-in 50; transposed as encoder, fan-in 200.
    let variance = 0;
    const model = (x: Tensor): Tensor => {
      variance = sumOfSquares(shared) / shared.size;
      return matmul(tanh(matmul(x, transpose(shared))), shared);
    };
    const inputs = randn(new Generator(2), [8, 200]);
    redraw({ model, batch: { inputs, targets: inputs }, loss: mseLoss }, 1);
    expect(variance / (1 / Math.sqrt(50 * 200))).toBeCloseTo(1, 1);
  });

  it("is another each time, and the same for the same seed", () => {
    const subject = {
      model: plain({ width: 12, depth: 4, activation: tanh, seed: 1 }),
      batch: classes({ seed: 1 }),
      loss: crossEntropy,
    };
    const flows = redraw(subject, 3) as number[][];
    expect(new Set(flows.map(([first]) => first)).size).toBe(3);
    expect(redraw(subject, 3)).toEqual(flows);
    expect(redraw(subject, 3, 1)).not.toEqual(flows);
    for (const flow of flows) {
      expect(flow).toHaveLength(4);
      expect(flow[3]).toBe(0);
    }
  });
});

it("draws again what no gradient comes through, within reason", () => {
  const subject = (width: number, depth: number): Subject => ({
    model: plain({ inputs: 2, width, depth, activation: relu, seed: 1 }),
    batch: classes({ seed: 1, inputs: 2, examples: 4 }),
    loss: crossEntropy,
  });
  const flows = redraw(subject(4, 8), 20) as number[][];
  expect(flows).toHaveLength(20);
  expect(flows.flat().every(Number.isFinite)).toBe(true);
  expect((redraw(subject(1, 30), 10) as number[][]).length).toBeLessThan(10);
});

it("skips passes of another depth: a model that leaves out layers at random", () => {
  const generator = new Generator("depth");
  const weights = Array.from({ length: 4 }, () => parameter(randn(generator, [16, 16])));
  let passes = 0;
  const model = (x: Tensor): Tensor =>
    weights.slice(0, passes++ % 3 === 2 ? 3 : 4).reduce((h, weight) => tanh(matmul(h, weight)), x);
  const batch = { inputs: randn(generator, [8, 16]), targets: randn(generator, [8, 16]) };
  const flows = redraw({ model, batch, loss: mseLoss }, 6) as number[][];
  expect(flows).toHaveLength(6);
  for (const flow of flows) expect(flow).toHaveLength(4);
});

it("is not defined for computed weights, nor behind an activation without critical weights", () => {
  expect(redraw(weightNormalised("redraw", 1, false), 4)).toBe(null);
  const batch = classes({ seed: 1 });
  const model = plain({ width: 8, depth: 3, activation: sigmoid, seed: 1 });
  const before = model.parameters().map(({ data }) => data);
  expect(redraw({ model, batch, loss: crossEntropy }, 4)).toBe(null);
  expect(model.parameters().map(({ data }) => data)).toEqual(before);
});

it("leaves every leaf as it was, those of layers that the loss does not reach too, however it ends", () => {
  const unused = parameter(randn(new Generator(3), [16, 4]));
  const body = plain({ width: 8, depth: 3, activation: tanh, seed: 1 });
  const leaves = [unused, ...body.parameters()];
  const before = leaves.map(({ data }) => data);
  const seen = new Set<unknown>();
  let passes = 0;
  const model = (x: Tensor): Tensor => {
    if (passes++ === 3) throw new Error("in the middle");
    seen.add(unused.data);
    matmul(x, unused);
    return body.call(x);
  };
  expect(() => redraw({ model, batch: classes({ seed: 1 }), loss: crossEntropy }, 5)).toThrow(
    "in the middle",
  );
  expect(seen.size).toBe(3);
  leaves.forEach(({ data }, k) => {
    expect(data).toBe(before[k]);
  });
});
