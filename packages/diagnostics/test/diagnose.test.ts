import {
  add,
  Generator,
  matmul,
  mean,
  mul,
  noGrad,
  observe,
  onGradient,
  parameter,
  randn,
  relu,
  reshape,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { type Diagnosis, diagnose, type Loss, type Model } from "@isograd/diagnostics";
import {
  BatchNorm1d,
  crossEntropy,
  Dropout,
  type Layer,
  Linear,
  mseLoss,
  type Reduction,
  Sequential,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "./networks/data.ts";
import { plain, weightsOf } from "./networks/plain.ts";

const batch = classes({ seed: "diagnose" });

/** All that a model holds: the arrays themselves, the bits in them, gradients and the state of generators. */
function stateOf(model: Sequential) {
  const tensors = [...model.namedParameters(), ...model.namedBuffers()].map(({ tensor: held }) => held);
  return {
    arrays: tensors.map(({ data }) => data),
    bits: tensors.map((held) => held.values().slice()),
    grads: tensors.map(({ grad }) => grad),
    generators: model
      .modules()
      .flatMap((module) => (module instanceof Dropout ? [module.generator.state] : [])),
  };
}

/** With running statistics and a generator. */
function stateful(): Sequential {
  const behind = (numFeatures: number): Layer =>
    new Sequential([
      new BatchNorm1d({ numFeatures }),
      new Dropout({ generator: new Generator("dropout"), probability: 0.2 }),
    ]);
  return plain({ width: 12, depth: 5, activation: relu, behind, seed: "stateful" });
}

function expectUnchanged(model: Sequential, run: () => unknown): void {
  for (const leaf of model.parameters()) leaf.grad = randn(new Generator("grad"), leaf.shape);
  const before = stateOf(model);
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ message: "in the middle" });
  }
  const after = stateOf(model);
  expect(after.bits).toEqual(before.bits);
  expect(after.generators).toEqual(before.generators);
  after.arrays.forEach((array, k) => {
    expect(array).toBe(before.arrays[k]);
  });
  after.grads.forEach((grad, k) => {
    expect(grad).toBe(before.grads[k]);
  });
}

/** A loss that throws at its call number `at`. */
function failing(at: number): Loss {
  let calls = 0;
  return (y, t) => {
    if (++calls === at) throw new Error("in the middle");
    return crossEntropy(y, t);
  };
}

describe("nothing changes", () => {
  it.each([
    ["a module", (model: Sequential): Model => model],
    ["an object that calls one", (model: Sequential): Model => ({ call: (x: Tensor) => model.call(x) })],
  ])("in %s", (name, wrap) => {
    const model = stateful();
    if (name !== "a module") model.eval(); // draws nothing: a generator cannot be seen from outside
    expectUnchanged(model, () => diagnose(wrap(model), batch, crossEntropy));
  });

  it.each([1, 2, 20])("where the loss throws at its call number %i", (at) => {
    const model = plain({ width: 12, depth: 5, activation: relu, seed: "throws" });
    let [run, thrown] = [0, false];
    expectUnchanged(model, () => {
      run++;
      try {
        diagnose((x) => model.call(x), batch, failing(at));
      } catch (error) {
        thrown = true;
        throw error;
      }
    });
    expect([run, thrown]).toEqual([1, true]);
  });

  it("in a running mean that a function closes over and reads", () => {
    const body = plain({ width: 12, depth: 3, activation: relu, seed: "norm" });
    const running = tensor(new Float32Array(16));
    const before = running.data;
    let moves = 0;
    const model = (x: Tensor): Tensor => {
      noGrad(() => running.assign(add(mul(running, 0.9), mul(mean(x, { axis: 0 }), 0.1))));
      moves++;
      return body.call(sub(x, running.detach()));
    };
    diagnose(model, batch, crossEntropy);
    expect(moves).toBeGreaterThan(1);
    expect(running.data).toBe(before);
  });

  it("in the running statistics of layers that a function calls", () => {
    const behind = (numFeatures: number): Layer => new BatchNorm1d({ numFeatures });
    const model = plain({ width: 12, depth: 3, activation: relu, behind, seed: "batch norm" });
    const counts: unknown[] = [];
    expectUnchanged(model, () => {
      diagnose(
        (x) => {
          counts.push(model.namedBuffers().at(-1)?.tensor.item());
          return model.call(x);
        },
        batch,
        crossEntropy,
      );
    });
    expect(counts.slice(0, 2)).toEqual([0, 1]);
  });

  it("in who watches and whether recording is on", () => {
    let sweeps = 0;
    const handle = observe({ swept: () => sweeps++ });
    const verdict = noGrad(() => diagnose(stateful(), batch, crossEntropy).verdict);
    handle.remove();
    expect(verdict).toBe("healthy");
    const seen = sweeps;
    diagnose(stateful(), batch, crossEntropy);
    expect(seen).toBeGreaterThan(0);
    expect(sweeps).toBe(seen);
  });

  it("in a hook that keeps count on a parameter of a module", () => {
    const model = stateful();
    let calls = 0;
    onGradient(model.parameters()[0], () => {
      calls++;
      return undefined;
    });
    diagnose(model, batch, crossEntropy);
    expect(calls).toBe(0);
  });
});

it("says the same twice, and for the same seed only the same band", () => {
  const model = stateful();
  const of = (seed: number): Diagnosis => diagnose(model, batch, crossEntropy, { seed });
  expect(of(1)).toEqual(of(1));
  expect(of(1).flow.healthy?.band).not.toEqual(of(2).flow.healthy?.band);
  expect(of(1).flow.layers).toEqual(of(2).flow.layers);
});

it("puts alarms first and names their faults", () => {
  const model = plain({ width: 24, depth: 16, activation: tanh, weights: 49, seed: "both" });
  const { verdict, findings } = diagnose(model, batch, crossEntropy);
  expect(findings.length).toBeGreaterThan(1);
  const ranks = findings.map(({ severity }) => ["alarm", "warning", "info"].indexOf(severity));
  expect(ranks).toEqual([...ranks].sort());
  expect(verdict.split(", ")).toEqual([
    ...new Set(findings.filter(({ severity }) => severity === "alarm").map(({ fault }) => fault)),
  ]);
});

it("examines any function of tensors, with or without layers", () => {
  const weight = parameter(randn(new Generator(1), [16, 4]));
  expect(diagnose((x) => matmul(x, weight), batch, crossEntropy).flow.layers).toHaveLength(1);
  const scale = parameter(2);
  const { flow, verdict } = diagnose(
    (x: Tensor) => mul(x, scale),
    batch,
    (y) => mean(y),
  );
  expect([flow.layers, flow.steps, flow.healthy, verdict]).toEqual([[], [], null, "healthy"]);
});

describe("the verdict does not move", () => {
  const cases = [
    ["healthy", { depth: 12, activation: relu, weights: 2 }],
    ["exploding", { depth: 14, activation: relu, weights: 8 }],
    ["vanishing", { depth: 14, activation: relu, weights: 0.5 }],
    ["dead", { depth: 5, activation: relu, weights: 2, bias: () => tensor(new Float32Array(24).fill(-9)) }],
  ] as const;

  describe.each(cases)("from %s", (expected, options) => {
    const build = (dtype: "f32" | "f64" = "f32"): Sequential => {
      const { bias: _, ...rest } = { bias: undefined, ...options };
      const model = plain({ width: 24, seed: "invariant", dtype, ...rest });
      if (expected === "dead")
        for (const layer of model.layers)
          if (layer instanceof Linear)
            layer.bias?.assign(tensor(new Array(layer.bias.size).fill(-9), { dtype }));
      return model;
    };
    const verdictOf = (model: Sequential, loss: Loss = crossEntropy, on = batch): string =>
      diagnose(model, on, loss, { redraws: 16 }).verdict;

    it("as it is", () => {
      expect(verdictOf(build())).toBe(expected);
    });

    it.each([1e-6, 1e-3, 1e3, 1e6])("under a factor of %f on the loss", (factor) => {
      expect(verdictOf(build(), (y, t) => mul(crossEntropy(y, t), factor))).toBe(expected);
    });

    it.each(["sum", "mean"] as const)("under reduction by %s", (reduction: Reduction) => {
      expect(verdictOf(build(), (y, t) => sum(crossEntropy(y, t, { reduction })))).toBe(expected);
    });

    it("in double precision", () => {
      const doubled = { inputs: classes({ seed: "diagnose", dtype: "f64" }).inputs, targets: batch.targets };
      expect(verdictOf(build("f64"), crossEntropy, doubled)).toBe(expected);
    });

    it("under a permutation of the units of each layer", () => {
      const model = build();
      const [before] = [diagnose(model, batch, crossEntropy, { redraws: 0 }).flow.totalFactor];
      permuteUnits(model);
      const after = diagnose(model, batch, crossEntropy, { redraws: 16 });
      expect(after.verdict).toBe(expected);
      if (before > 0) expect(after.flow.totalFactor / before).toBeCloseTo(1, 3);
    });

    it("under another order of the batch", () => {
      const rows = batch.inputs.shape[0];
      const reversed = {
        inputs: reshape(tensor((batch.inputs.toArray() as number[][]).toReversed()), batch.inputs.shape),
        targets: tensor(Int32Array.from({ length: rows }, (_, k) => batch.targets.values()[rows - 1 - k])),
      };
      expect(verdictOf(build(), crossEntropy, reversed)).toBe(expected);
    });
  });
});

/** Reverses the units of each hidden layer: the rows of its weights, the columns of the next. */
function permuteUnits(model: Sequential): void {
  const weights = weightsOf(model);
  weights.forEach((weight, k) => {
    let rows = weight.toArray() as number[][];
    if (k < weights.length - 1) rows = rows.toReversed();
    if (k > 0) rows = rows.map((row) => row.toReversed());
    weight.assign(tensor(rows, { dtype: weight.dtype }));
  });
}

it("regression and its sum give the same profile", () => {
  const model = plain({ width: 12, depth: 4, activation: tanh, seed: "profile" });
  const regression = { inputs: batch.inputs, targets: randn(new Generator(2), [32, 4]) };
  const [mean, total] = (["mean", "sum"] as const).map(
    (reduction) => diagnose(model, regression, (y, t) => mseLoss(y, t, { reduction }), { redraws: 0 }).flow,
  );
  expect(total.totalFactor).toBeCloseTo(mean.totalFactor, 5);
  total.steps.forEach((step, k) => {
    expect(step.total).toBeCloseTo(mean.steps[k].total, 4);
  });
});

it("judges the first step by its share of the chance that it is given", () => {
  const model = plain({ width: 16, depth: 20, activation: relu, weights: 1, seed: "alpha" });
  const verdicts = [undefined, 0.001, 1e-6].map(
    (alpha) => diagnose(model, batch, crossEntropy, { alpha }).verdict,
  );
  expect(verdicts).toEqual(["vanishing", "vanishing", "healthy"]);
  expect(() => diagnose(model, batch, crossEntropy, { alpha: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: diagnose: expected alpha between 0 and 1, got 0]`,
  );
});
