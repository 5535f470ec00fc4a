import {
  add,
  customOp,
  Generator,
  linear,
  matmul,
  mul,
  noGrad,
  onGradient,
  parameter,
  prelu,
  randn,
  reshape,
  sigmoid,
  sign,
  sum,
  type Tensor,
  tanh,
  withScope,
} from "@isograd/autograd";
import { mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { chainOf } from "../../src/flow/chain.ts";
import { measureStep } from "../../src/flow/measure.ts";
import type { FlowStep } from "../../src/flow/profile.ts";
import { type Model, trace } from "../../src/trace/trace.ts";

const width = 4;
const generator = new Generator("between");
const draw = (...shape: number[]): Tensor => randn(generator, shape, "f64");
const weights = (): Tensor => parameter(draw(width, width));

/** The steps of a network, the last one first; their parts sum to the total. */
function stepsOf(model: Model, inputs = draw(6, width)): FlowStep[] {
  const { contractions, ways } = trace({
    model,
    batch: { inputs, targets: draw(...inputs.shape) },
    loss: mseLoss,
  });
  const chain = chainOf(contractions);
  const steps = chain.slice(1).map((upper, k) => measureStep(upper, chain[k], ways));
  for (const { total, weights: own, alignment, activation, between } of steps) {
    const sum = between.reduce((parts, { log }) => parts + log, own + alignment + activation);
    if (Number.isFinite(sum)) expect(sum).toBeCloseTo(total, 10);
  }
  return steps.reverse();
}

/** What lies between the two layers of a network, or between its last two. */
const between = (model: Model, inputs?: Tensor) => stepsOf(model, inputs)[0].between;

/** Two layers with something between them. */
const around = (f: (hidden: Tensor) => Tensor): ((x: Tensor) => Tensor) => {
  const [first, second] = [weights(), weights()];
  return (x) => matmul(f(matmul(x, first)), second);
};

it("is nothing between two layers, with or without an activation", () => {
  expect(between(around((h) => h))).toEqual([]);
  expect(between(around((h) => tanh(h)))).toEqual([]);
});

it("is each operation with the factor of its own rule, from the upper layer down", () => {
  const parts = between(around((h) => mul(sigmoid(mul(h, 3)), 0.5)));
  expect(parts.map(({ kind, name, place }) => [kind, name, place])).toEqual([
    ["operation", "mul", ""],
    ["operation", "mul", ""],
  ]);
  expect(parts.map(({ log }) => Math.exp(log / 2))).toEqual([expect.closeTo(0.5, 10), expect.closeTo(3, 10)]);
});

describe("what lets gradients pass as they are", () => {
  const passing = (f: (x: Tensor) => Tensor) =>
    customOp({ name: "step", forward: f, vjp: (cotangent) => [cotangent] });

  it("is named with a factor of 1 where it makes other numbers, by more than rounding does", () => {
    const step = passing(sign);
    expect(between(around((h) => withScope("binary", () => step(h))))).toEqual([
      { kind: "operation", name: "step", place: "binary", log: 0 },
    ]);
    // Σ h² changes by a share of it.
    const parts = [0.9e-5, 1.1e-5].map(
      (share) => between(around(passing((h) => mul(h, Math.sqrt(1 + share))))).length,
    );
    expect(parts).toEqual([0, 1]);
  });

  it("is nothing where the numbers are those of the lower layer, or these with its bias", () => {
    const same = passing((h) => mul(h, 1));
    const bias = parameter(mul(draw(width), 9));
    expect(between(around((h) => same(h)))).toEqual([]);
    expect(between(around((h) => same(add(h, bias))))).toEqual([]);
    const [first, second] = [weights(), weights()];
    expect(between((x) => linear(same(linear(x, first, bias)), second))).toEqual([]);
  });

  it("has its own factor where it has one", () => {
    const [part] = between(around((h) => mul(h, 2)));
    expect(part.log).toBeCloseTo(2 * Math.log(2), 10);
  });
});

it("counts a second activation as an operation", () => {
  const [step] = stepsOf(around((h) => tanh(sigmoid(h))));
  expect(step.between.map(({ name }) => name)).toEqual(["tanh"]);
  expect(step.activation).toBeLessThan(Math.log(1 / 16));
});

it("counts an activation among the operations where not all passes it alone", () => {
  const [step] = stepsOf(around((h) => prelu(h, sum(h))));
  expect(step.activation).toBe(0);
  expect(step.between.map(({ name }) => name)).toEqual(["prelu, sum"]);
});

it("leaves out what does next to nothing", () => {
  const parts = [0.4e-12, 0.6e-12].map((change) => between(around((h) => mul(h, 1 + change))).length);
  expect(parts).toEqual([0, 1]);
});

describe("what joins from other ways", () => {
  it("has the place of the upper layer, where it joins there", () => {
    const [stem, inner, head] = [weights(), weights(), weights()];
    const [top, bottom] = stepsOf((x) => {
      const h = matmul(x, stem);
      return matmul(add(h, matmul(h, inner)), head);
    });
    expect(top.between).toEqual([]);
    expect(bottom.between).toMatchObject([{ kind: "residual", name: "residual", place: "matmul 2" }]);
  });

  it("has the place of what it joins, or else of the lower layer", () => {
    const placesOf = (double: (h: Tensor) => Tensor) => {
      const [stem, inner, head] = [weights(), weights(), weights()];
      const steps = stepsOf((x) => {
        const h = matmul(x, stem);
        return matmul(add(h, matmul(double(h), inner)), head);
      });
      return steps[1].between.map(({ kind, place }) => [kind, place]);
    };
    expect(placesOf((h) => mul(h, 2))).toEqual([
      ["operation", ""],
      ["residual", "matmul 1"],
    ]);
    expect(placesOf((h) => withScope("doubled", () => mul(h, 2)))).toEqual([
      ["operation", "doubled"],
      ["residual", "doubled"],
    ]);
  });

  it("is told from the product where one operation makes both", () => {
    const [first, second, third] = [weights(), weights(), weights()];
    const [, bottom] = stepsOf(
      (x) => {
        const h = mul(linear(x, first), 1.5);
        return linear(linear(h, second, reshape(h, [width])), third);
      },
      draw(1, width),
    );
    expect(bottom.between.map(({ kind }) => kind)).toEqual(["residual", "operation"]);
  });

  it("is no work of operations side by side, where it enters one of them", () => {
    const [first, second] = [weights(), weights()];
    const kindsOf = (join: (output: Tensor, doubled: Tensor) => Tensor) =>
      between((x) => {
        const h = matmul(x, first);
        const doubled = mul(h, 2);
        return join(matmul(add(doubled, h), second), doubled);
      }).map(({ kind, name }) => [kind, name]);
    expect(kindsOf((output) => output)).toEqual([["operation", "add, mul"]]);
    expect(kindsOf(add)).toEqual([["residual", "add, mul"]]);
  });
});

it("is one part for neighbours of one place, with each name once, and none for others", () => {
  const twice = (h: Tensor): Tensor => withScope("twice", () => mul(add(mul(h, 2), mul(h, 3)), 4));
  const [part, ...others] = between(around(twice));
  expect(others).toEqual([]);
  expect(part).toMatchObject({ kind: "operation", name: "mul, add", place: "twice" });
  expect(Math.exp(part.log / 2)).toBeCloseTo(20, 8);
  const apart = between(around((h) => mul(twice(mul(mul(h, 5), 5)), 6)));
  expect(apart.map(({ place }) => place)).toEqual(["", "twice", "", ""]);
});

it("is what a hook makes of a gradient", () => {
  const parts = between(
    around((h) => {
      const same = mul(h, 1);
      onGradient(same, (gradient) => mul(gradient, 0.1));
      return same;
    }),
  );
  expect(parts).toMatchObject([{ kind: "operation", name: "hook" }]);
  expect(parts[0].log).toBeCloseTo(2 * Math.log(0.1), 10);
});

it("is nothing that passes where the signal is cut off", () => {
  const scale = parameter(draw(1, width));
  const [stem, inner, head] = [weights(), weights(), weights()];
  const [, bottom] = stepsOf((x) => {
    const h = matmul(x, stem);
    return matmul(
      add(
        h,
        matmul(
          mul(
            noGrad(() => mul(h, 2)),
            scale,
          ),
          inner,
        ),
      ),
      head,
    );
  });
  expect(bottom.between).toEqual([
    { kind: "operation", name: "detached", place: "matmul 2", log: Number.NEGATIVE_INFINITY },
  ]);
});
