import {
  Generator,
  matmul,
  mul,
  type Node,
  onGradient,
  parameter,
  permute,
  randn,
  relu,
  sigmoid,
  type Tensor,
} from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { LSTM, mseLoss } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainOf } from "../../src/flow/chain.ts";
import { measureStep } from "../../src/flow/measure.ts";
import type { FlowStep } from "../../src/flow/profile.ts";
import { sectionsOf } from "../../src/flow/sections.ts";
import type { Contraction } from "../../src/trace/network.ts";
import { type Trace, trace } from "../../src/trace/trace.ts";
import type { Sent } from "../../src/trace/ways.ts";
import { families } from "./attribution.families.ts";

const sumOf = ({ weights, alignment, activation, between }: FlowStep): number =>
  between.reduce((sum, { log }) => sum + log, weights + alignment + activation);

/** A step through which nothing passes has no parts to speak of. */
const open = (steps: readonly FlowStep[]): FlowStep[] => steps.filter(({ total }) => Number.isFinite(total));

describe.each(Object.entries(families))("the parts sum to the total: %s", (_, make) => {
  it.each([
    ["f64", 1e-9],
    ["f32", 1e-6],
  ] as const)("%s", (dtype, tolerance) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, batch, loss } = make({ generator: new Generator(seed), dtype });
        const { steps } = diagnose(model, batch, loss, { redraws: 0 }).flow;
        expect(steps.length).toBeGreaterThan(0);
        // Some of the zoo's networks are f32 whatever is asked for.
        const bound = batch.inputs.dtype === "f64" ? tolerance : 1e-6;
        for (const step of open(steps)) expect(Math.abs(sumOf(step) - step.total)).toBeLessThan(bound);
      }),
      { numRuns: 3 },
    );
  });
});

// Were a part what the others leave over, the sum would hold whatever they are. So each is falsified in turn.

function traced(family: string): Trace {
  const { model, batch, loss } = families[family]({ generator: new Generator(4), dtype: "f64" });
  return trace({ model, batch, loss });
}

/** By how much the sum misses, at each step of a network. */
function misses(
  { contractions, ways }: Trace,
  falsify: (upper: Contraction) => Contraction = (upper) => upper,
): number[] {
  const chain = chainOf(contractions);
  return chain.slice(1).map((upper, k) => {
    const step = measureStep(falsify(upper), chain[k], ways);
    return Math.abs(sumOf(step) - step.total);
  });
}

describe("no part is a remainder", () => {
  // A convolution's overlap is measured with its weights: those would falsify two parts at once.
  const multiplied = ["plain", "residual, pre", "residual, post", "memory", "side by side", "transformer"];
  const mixed = [
    "residual, pre",
    "residual, post",
    "convolutions",
    "pooled",
    "memory",
    "side by side",
    "transformer",
  ];

  it.each(multiplied)("weights and alignment, in %s", (family) => {
    const network = traced(family);
    for (const miss of misses(network, (upper) => ({ ...upper, weight: mul(upper.weight.detach(), 1.1) })))
      expect(miss).toBeGreaterThan(0.1);
    // The norm stays; which unit has which weights does not.
    const turned = misses(network, (upper) => ({ ...upper, weight: rolled(upper.weight.detach()) }));
    expect(Math.max(...turned)).toBeGreaterThan(1e-2);
  });

  it("the activation: the slopes of another", () => {
    const { contractions, ways } = traced("plain");
    const chain = chainOf(contractions);
    const [lower, upper] = chain;
    if (lower.activation === null) throw new Error("expected an activation");
    const other = lower.activation.activation === relu ? sigmoid : relu;
    const step = measureStep(
      upper,
      { ...lower, activation: { ...lower.activation, activation: other } },
      ways,
    );
    expect(Math.abs(sumOf(step) - step.total)).toBeGreaterThan(1e-2);
  });

  it.each(mixed)("what any operation between sends on, in %s", (family) => {
    const network = traced(family);
    const used = new Set(sentBetween(network));
    expect(used.size).toBeGreaterThan(0);
    for (const sent of used) {
      const { cotangent } = sent;
      Object.assign(sent, { cotangent: mul(cotangent, 1.1) });
      expect(Math.max(...misses(network)), `${sent.from.label} to ${sent.to.label}`).toBeGreaterThan(1e-5);
      Object.assign(sent, { cotangent });
    }
    expect(Math.max(...misses(network))).toBeLessThan(1e-9);
  });
});

function rolled(weight: Tensor): Tensor {
  const { rank } = weight;
  const turned = permute(weight, [...Array(rank).keys()].reverse());
  const values = turned.values();
  const data = Float64Array.from(values, (_, k) => values[(k + 1) % values.length]);
  return permute(parameter(data, { shape: turned.shape }).detach(), [...Array(rank).keys()].reverse());
}

/** What is sent on between the layers of a network, but by their activations alone. */
function sentBetween({ contractions, ways }: Trace): Sent[] {
  const chain = chainOf(contractions);
  return chain
    .slice(1)
    .flatMap(({ signal }, k) =>
      sectionsOf(signal.node as Node, chain[k].node, ways).flatMap(({ nodes, bottom }) =>
        nodes.length === 1 && nodes[0].op?.activation !== undefined
          ? []
          : ways.sentTo(bottom).filter(({ from }) => nodes.includes(from)),
      ),
    );
}

it("names what lies between, from the upper layer down, with its place", () => {
  const { model, batch, loss } = families["residual, post"]({ generator: new Generator(2), dtype: "f64" });
  const [top] = diagnose(model, batch, loss, { redraws: 0 }).flow.steps;
  expect(top.between.map(({ kind, name, place }) => [kind, name, place])).toMatchInlineSnapshot(`
    [
      [
        "operation",
        "normalize",
        "layers.5",
      ],
    ]
  `);
});

it("a hook that replaces a gradient is a part", () => {
  const generator = new Generator(1);
  const [first, second] = [randn(generator, [3, 4]), randn(generator, [4, 2])].map((x) => parameter(x));
  const model = (x: Tensor): Tensor => {
    const hidden = mul(matmul(x, first), 1);
    onGradient(hidden, (gradient) => mul(gradient, 0.01));
    return matmul(hidden, second);
  };
  const batch = { inputs: randn(generator, [5, 3]), targets: randn(generator, [5, 2]) };
  const [step] = diagnose(model, batch, mseLoss, { redraws: 0 }).flow.steps;
  expect(step.between.map(({ name }) => name)).toEqual(["hook"]);
  expect(step.between[0].log).toBeCloseTo(2 * Math.log(0.01), 5);
  expect(Math.abs(sumOf(step) - step.total)).toBeLessThan(1e-6);
});

it("what runs beside the gates of an LSTM enters as another way, not as the work of the cell's operations", () => {
  const generator = new Generator(1);
  const lstm = new LSTM({ inputSize: 3, hiddenSize: 4, dtype: "f64", generator });
  const batch = { inputs: randn(generator, [4, 2, 3], "f64"), targets: randn(generator, [4, 2, 4], "f64") };
  const { steps } = diagnose((x) => lstm.call(x).output, batch, mseLoss, { redraws: 0 }).flow;
  const cells = steps.flatMap(({ between }) => between.filter(({ name }) => name.includes("lstmCell")));
  expect(cells.length).toBeGreaterThan(0);
  expect(new Set(cells.map(({ kind }) => kind))).toContain("residual");
});
