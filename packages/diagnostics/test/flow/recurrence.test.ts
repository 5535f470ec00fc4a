import {
  add,
  Generator,
  gradients,
  matmul,
  mul,
  parameter,
  randn,
  select,
  square,
  sub,
  type Tensor,
  tanh,
  transpose,
} from "@isograd/autograd";
import { diagnose, type Recurrence } from "@isograd/diagnostics";
import { Linear, LSTM, mseLoss, orthogonal, RNN } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { sumOfSquares } from "../../src/statistics.ts";
import { plain } from "../networks/plain.ts";
import { recurrent } from "../networks/structured.ts";

const width = 12;

/** h' = f(h W), from the inputs on, for so many steps; the last state is the output. */
function repeated(weight: Tensor, steps: number, f: (x: Tensor) => Tensor = (x) => x, states: Tensor[] = []) {
  return (x: Tensor): Tensor => {
    let state = x;
    for (let t = 0; t < steps; t++) {
      state = f(matmul(state, weight));
      states.push(state);
    }
    return state;
  };
}

const batchOf = (generator: Generator) => ({
  inputs: randn(generator, [8, width], "f64"),
  targets: randn(generator, [8, width], "f64"),
});

function orthogonalWeight(generator: Generator, gain = 1): Tensor {
  const { weight } = new Linear({
    inFeatures: width,
    outFeatures: width,
    weightInit: orthogonal({ gain }),
    dtype: "f64",
    generator,
  });
  return parameter(weight.detach());
}

const recurrencesOf = (
  model: (x: Tensor) => Tensor,
  seed: string | number = 1,
  redraws = 0,
): readonly Recurrence[] =>
  diagnose(model, batchOf(new Generator(seed)), mseLoss, { redraws }).flow.recurrences;

describe("the gradient by step in time", () => {
  it("is that of each step, the first in time first, and each factor is that of the step alone", () => {
    const generator = new Generator(3);
    const weight = parameter(mul(randn(generator, [width, width], "f64"), 0.25));
    const batch = batchOf(generator);
    const states: Tensor[] = [];
    // Each state has a loss of its own besides: what a step passes on is not all that arrives before it.
    const withLosses = (f: (x: Tensor) => Tensor, x: Tensor): Tensor => {
      states.length = 0;
      f(x);
      return states.reduce(add);
    };
    const model = (x: Tensor): Tensor => withLosses(repeated(weight, 4, tanh, states), x);
    const [{ gradientNorms, passed, omega, factorPerStep }] = diagnose(model, batch, mseLoss, { redraws: 0 })
      .flow.recurrences;

    const loss = mseLoss(model(batch.inputs), batch.targets);
    const arriving = gradients(loss, states);
    const through = states.map((state, t) => mul(arriving[t], sub(1, square(state.detach()))));
    expect(gradientNorms).toHaveLength(4);
    for (const [t, norm] of gradientNorms.entries())
      expect(norm).toBeCloseTo(Math.sqrt(sumOfSquares(through[t])), 10);
    // The first step goes back to the inputs, which are no state.
    expect(passed).toHaveLength(3);
    const expected = [1, 2].map((t) => {
      const back = matmul(through[t], transpose(weight.detach()));
      return Math.sqrt(sumOfSquares(back) / sumOfSquares(arriving[t]));
    });
    expect(passed[0]).toBeNaN();
    for (const [k, factor] of expected.entries()) expect(passed[k + 1]).toBeCloseTo(factor, 10);
    expect(omega).toBeCloseTo(expected.reduce((total, factor) => total + (factor - 1) ** 2, 0) / 2, 10);
    expect(factorPerStep).toBeLessThan(1);
  });

  it("is kept by orthogonal weights: a factor of 1, Ω = 0", () => {
    const [{ factorPerStep, omega, passed, gradientNorms }] = recurrencesOf(
      repeated(orthogonalWeight(new Generator(1)), 6),
    );
    expect(factorPerStep).toBeCloseTo(1, 10);
    expect(omega).toBeCloseTo(0, 12);
    expect(passed.slice(1).every((factor) => Math.abs(factor - 1) < 1e-10)).toBe(true);
    expect(gradientNorms).toHaveLength(6);
  });

  it.each([0.5, 2])("has the slope of the weights' scale: %f", (gain) => {
    const [{ factorPerStep, omega }] = recurrencesOf(repeated(orthogonalWeight(new Generator(1), gain), 6));
    expect(factorPerStep).toBeCloseTo(gain, 10);
    expect(omega).toBeCloseTo((gain - 1) ** 2, 10);
  });

  it("is found in layers, one for each that recurs, with the places of the layers", () => {
    const options = { inputSize: width, hiddenSize: 6, numLayers: 2, dtype: "f64" } as const;
    const inputs = randn(new Generator(1), [5, 3, width], "f64");
    for (const layer of [new RNN({ ...options }), new LSTM({ ...options })]) {
      const { recurrences } = diagnose(
        (x) => select(layer.call(x).output, 0, 4),
        { inputs, targets: randn(new Generator(2), [3, 6], "f64") },
        mseLoss,
        { redraws: 0 },
      ).flow;
      expect(recurrences.map(({ place, gradientNorms }) => [place, gradientNorms.length])).toEqual([
        ["layers.0.forward", 5],
        ["layers.1.forward", 5],
      ]);
    }
  });

  it("is that of the same weights: computed once, or one leaf turned anew at each step", () => {
    const leaf = orthogonalWeight(new Generator(1));
    const computed = (x: Tensor): Tensor => repeated(mul(leaf, 1), 4)(x);
    const turned = (x: Tensor): Tensor => [1, 2, 3, 4].reduce((state) => matmul(state, transpose(leaf)), x);
    for (const model of [computed, turned])
      expect(recurrencesOf(model)).toMatchObject([
        { place: "matmul 1", factorPerStep: expect.closeTo(1, 9) },
      ]);
    const others = (x: Tensor): Tensor =>
      [1, 2, 3, 4].reduce((state, factor) => matmul(state, mul(leaf, factor)), x);
    expect(recurrencesOf(others)).toEqual([]);
  });

  it("is not looked for in networks that go forward only, nor at two steps", () => {
    expect(recurrencesOf(repeated(orthogonalWeight(new Generator(1)), 2))).toEqual([]);
    expect(recurrencesOf(repeated(orthogonalWeight(new Generator(1)), 3))).toHaveLength(1);
    const model = plain({
      inputs: width,
      width: 8,
      depth: 5,
      outputs: width,
      activation: tanh,
      dtype: "f64",
      seed: 1,
    });
    expect(recurrencesOf((x) => model.call(x))).toEqual([]);
  });

  it("has no law where some step gets no gradient", () => {
    const weight = orthogonalWeight(new Generator(1));
    const cut = (x: Tensor): Tensor => {
      const state = repeated(weight, 3)(x);
      return repeated(weight, 3)(add(mul(state, 0), 1));
    };
    const [{ healthy, factorPerStep }] = recurrencesOf(cut);
    expect([healthy, factorPerStep]).toEqual([null, 0]);
  });
});

describe("the law of the slope", () => {
  const critical = (seed: number): Tensor =>
    parameter(mul(randn(new Generator(`law ${seed}`), [width, width], "f64"), 1 / Math.sqrt(width)));

  it.each([0, 16])("bears with critical weights, by the closed form and by re-draws: %i", (redraws) => {
    const zs = Array.from({ length: 12 }, (_, seed) => {
      const [{ healthy }] = recurrencesOf(repeated(critical(seed), 6), seed, redraws);
      expect(healthy?.source).toBe(redraws === 0 ? "closed form" : "redraws");
      return healthy?.z as number;
    });
    expect(Math.max(...zs.map(Math.abs))).toBeLessThan(4);
    expect(Math.max(...zs)).toBeGreaterThan(0);
    expect(Math.min(...zs)).toBeLessThan(0);
  });

  it("is in closed form that of linear steps: log |δ|² gains 1/n a step forwards, up to √(2/n)", () => {
    // Each step back multiplies |δ|² by what chance made of the same weights, whose logarithm is N(-1/n, 2/n).
    const [{ healthy }] = recurrencesOf(repeated(orthogonalWeight(new Generator(1), 1.2), 5));
    const [mean, deviation] = [1 / width, Math.sqrt(2 / width)];
    expect(healthy?.z).toBeCloseTo((-2 * Math.log(1.2) - mean) / deviation, 9);
    // 3.2905 deviations leave one in a thousand.
    const reach = 3.290527 * deviation;
    expect(healthy?.band[0]).toBeCloseTo(Math.exp(-(mean + reach) / 2), 6);
    expect(healthy?.band[1]).toBeCloseTo(Math.exp(-(mean - reach) / 2), 6);
  });

  it("is the closed one for steps that are not on the longest way, whatever re-draws show of that", () => {
    const [weight, ...long] = Array.from({ length: 6 }, (_, seed) => critical(seed));
    const beside = (x: Tensor): Tensor =>
      add(
        repeated(weight, 3)(x),
        long.reduce((h, each) => matmul(h, each), x),
      );
    const [{ healthy }] = recurrencesOf(beside, 1, 8);
    expect(healthy?.source).toBe("closed form");
    expect(healthy?.pValue).toBeGreaterThan(0);
  });

  it("does not bear with weights six times as large", () => {
    const weight = parameter(mul(critical(1), 6).detach());
    for (const redraws of [0, 16]) {
      const [{ healthy, factorPerStep }] = recurrencesOf(repeated(weight, 8), 1, redraws);
      expect(healthy?.pValue).toBeLessThan(4e-4);
      // Slopes are of log |δ|² forwards in time: growth going back lies below.
      expect(healthy?.z).toBeLessThan(-3);
      expect(factorPerStep).toBeGreaterThan(healthy?.band[1] as number);
    }
  });

  it("is silent over the networks of the zoo", () => {
    const { model, batch, loss } = recurrent("time", 8);
    const [{ healthy }] = diagnose(model, batch, loss, { redraws: 16 }).flow.recurrences;
    expect(healthy?.pValue).toBeGreaterThan(1e-3);
  });
});
