import {
  ArgumentError,
  Generator,
  randn,
  relu,
  select,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import {
  attachRemedies,
  type Batch,
  type Diagnosis,
  diagnose,
  type Finding,
  lint,
  type VerifiedRemedy,
} from "@isograd/diagnostics";
import {
  clipGradients,
  fitOutput,
  normalizeWeights,
  type OptimizerFactory,
  reinitialize,
  scaleLearningRate,
  type Treatment,
  treat,
  verifyRemedies,
} from "@isograd/diagnostics/nn";
import {
  Adam,
  BatchNorm1d,
  binaryCrossEntropy,
  constant,
  crossEntropy,
  Dropout,
  initialize,
  type Layer,
  Linear,
  LSTM,
  Module,
  RNN,
  Sequential,
  SGD,
  Softmax,
  weightNorm,
  zeros,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../networks/plain.ts";
import { bitsOf, exploding, learnable, optimizer, remedyThat } from "./samples.ts";

const batch = learnable("verify", 64);
const batches = Array.from({ length: 24 }, (_, k) => learnable(`verify ${k}`));

function verify(model: Sequential, options: Partial<Parameters<typeof verifyRemedies>[4]> = {}) {
  const diagnosis: Diagnosis = diagnose(model, batch, crossEntropy);
  return verifyRemedies(model, batch, crossEntropy, diagnosis, { optimizer, batches, ...options });
}

const named = (verified: readonly VerifiedRemedy<Treatment>[], name: string): VerifiedRemedy<Treatment> =>
  verified.find(({ remedy }) => remedy.name === name) as VerifiedRemedy<Treatment>;

describe("for gradients that explode", () => {
  const model = exploding({ depth: 26 });
  const before = bitsOf(model);
  const told: [string, number, number][] = [];
  const verified = verify(model, { thorough: true, onTrial: (...call) => told.push(call) });

  it("critical weights pass, weights that are too small do not", () => {
    expect(named(verified, "initialization: criticalInit(relu)").passed).toBe(true);
    expect(named(verified, "initialization: lecunNormal()")).toMatchObject({
      passed: false,
      trialLoss: Number.NaN,
    });
    expect(named(verified, "initialization: lecunNormal()").evidence).toMatch(
      /^still vanishing: gradient first\/last/,
    );
  });

  it("another activation passes with its own weights only", () => {
    expect(named(verified, "activation: tanh, initialization: criticalInit(tanh)").passed).toBe(true);
    expect(named(verified, "activation: leakyRelu").passed).toBe(false);
    expect(named(verified, "activation: leakyRelu").evidence).toContain("still exploding");
  });

  it("those that passed come first, the lowest loss leading; those that failed have a reason", () => {
    const passes = verified.map(({ passed }) => passed);
    expect(passes).toEqual([...passes].sort((a, b) => Number(b) - Number(a)));
    const losses = verified.filter(({ passed }) => passed).map(({ trialLoss }) => trialLoss);
    expect(losses.length).toBeGreaterThan(3);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    for (const { evidence } of verified) expect(evidence.length).toBeGreaterThan(10);
  });

  it("the best one heals: the treated clone is healthy and learns", () => {
    const [{ remedy, evidence }] = verified;
    expect(diagnose(treat(model, remedy, { batch }).model, batch, crossEntropy).verdict).toBe("healthy");
    expect(evidence).toMatch(
      /gradient first\/last layer .*; loss .* to .* in 21 steps, .* on shuffled targets/,
    );
  });

  it("each is announced before it is tried", () => {
    expect(told).toHaveLength(verified.length);
    expect(told[0].slice(0, 2)).toEqual(["initialization: criticalInit(relu)", 0]);
    expect(told.map(([, index]) => index)).toEqual(verified.map((_, index) => index));
    expect(told.every(([, index, most]) => index < most && most === told[0][2])).toBe(true);
    expect(new Set(told.map(([name]) => name)).size).toBe(verified.length);
  });

  it("the model has not changed", () => {
    expect(bitsOf(model)).toEqual(before);
    expect(model.parameters().every(({ grad }) => grad === null)).toBe(true);
  });
});

it("for a deep sigmoid network another activation leads, and the usual weights fail", () => {
  const model = plain({ width: 16, depth: 12, activation: sigmoid, weights: 1, seed: "sigmoid" });
  const verified = verify(model, { candidates: [tanh], thorough: true });
  expect(verified[0].passed).toBe(true);
  expect(verified[0].remedy.name).toContain("activation: tanh");
  for (const name of ["initialization: heNormal()", "initialization: lecunNormal()"]) {
    expect(named(verified, name).passed).toBe(false);
    expect(named(verified, name).evidence).toContain("still vanishing");
  }
});

it("for dead units biases that begin anew pass", () => {
  const model = exploding({ depth: 6, weights: 2 });
  for (const layer of model.layers)
    if (layer instanceof Linear) layer.bias?.assign(tensor(new Float32Array(layer.bias.size).fill(-5)));
  const verified = verify(model, { candidates: [], batches: batches.slice(0, 9) });
  expect(named(verified, "initialization: criticalInit(relu)").passed).toBe(true);
  expect(verified.map(({ remedy }) => remedy.name)).not.toContain("clipping: global norm 1");
});

describe("what changes the steps only is judged by training", () => {
  it("clipping does not pass where the network explodes: the gradient keeps its shape", () => {
    const verified = verify(exploding(), { remedies: clipGradients() });
    for (const name of ["clipping: global norm 1", "clipping: value 0.1"]) {
      expect(named(verified, name).passed).toBe(false);
      expect(named(verified, name).evidence).toContain("untreated");
    }
  });

  it("passes where it teaches what the steps alone do not", () => {
    const model = plain({ width: 24, depth: 3, activation: tanh, weights: 1, seed: "rate" });
    const findings = diagnose(exploding(), batch, crossEntropy).findings;
    const tooFast: typeof optimizer = ({ model: clone }) => new Adam(clone.parameters(), { learningRate: 2 });
    const verified = verifyRemedies(
      model,
      batch,
      crossEntropy,
      { findings },
      { optimizer: tooFast, batches, candidates: [] },
    );
    const slower = named(verified, "learning rate times 0.01");
    expect(slower.passed).toBe(true);
    expect(slower.evidence).toMatch(/loss .* to .* in 21 steps, .* on shuffled targets, .* untreated/);
  });

  it("does not pass where the steps alone do as well", () => {
    const model = plain({ width: 24, depth: 3, activation: tanh, weights: 1, seed: "rate" });
    const findings = diagnose(exploding(), batch, crossEntropy).findings;
    const idle = remedyThat(() => {}, { measure: "training" });
    const [verified] = verifyRemedies(
      model,
      batch,
      crossEntropy,
      { findings },
      { optimizer, batches, remedies: [idle] },
    );
    expect(verified.passed).toBe(false);
  });
});

describe("a remedy", () => {
  const only = (apply: (treatment: Treatment) => void) =>
    verify(exploding(), { remedies: [remedyThat(apply)] });

  it("that does not apply is listed with the reason", () => {
    const [verified] = only(() => {
      throw new ArgumentError("remedy", "expected another model", "this one");
    });
    expect(verified).toMatchObject({
      passed: false,
      evidence: 'does not apply: remedy: expected another model, got "this one"',
      trialLoss: Number.NaN,
    });
  });

  it("that is broken is not hidden", () => {
    expect(() =>
      only(() => {
        throw new TypeError("a mistake");
      }),
    ).toThrow("a mistake");
  });

  it("that changes nothing does not pass", () => {
    expect(only(() => {})[0]).toMatchObject({ passed: false });
    expect(only(() => {})[0].evidence).toContain("still exploding");
  });

  it("that claims to cure something else is not tried", () => {
    const other = remedyThat(() => {}, { cures: ["dead"] });
    expect(verify(exploding(), { remedies: [other] })).toEqual([]);
  });
});

it("there is nothing to cure in a healthy network", () => {
  expect(verify(exploding({ weights: 2 }))).toEqual([]);
});

it("running statistics and generators of the model stay where they are", () => {
  const behind = (numFeatures: number): Layer =>
    new Sequential([new BatchNorm1d({ numFeatures }), new Dropout({ probability: 0.1 })]);
  const model = exploding({ depth: 4, behind });
  const generators = (): unknown[] =>
    model.modules().flatMap((module) => (module instanceof Dropout ? [module.generator.state] : []));
  const [bits, states] = [bitsOf(model), generators()];
  const { findings } = diagnose(exploding(), batch, crossEntropy);
  verifyRemedies(
    model,
    batch,
    crossEntropy,
    { findings },
    { optimizer, batches: batches.slice(0, 3), candidates: [tanh] },
  );
  expect(bitsOf(model)).toEqual(bits);
  expect(generators()).toEqual(states);
});

it.each([
  ["no batches", { batches: [] }, "expected a batch for each trial step, got []"],
  [
    "an optimizer",
    { optimizer: new SGD(exploding().parameters(), { learningRate: 0.1 }) },
    "expected optimizer to be a function that makes one, as for ({ model }) => new Adam(model.parameters()), got SGD",
  ],
  [
    "findings alone",
    { found: [] },
    "expected what lint, diagnose or a watcher returns, or { findings }, got []",
  ],
  [
    "a plain function",
    { model: (x: Tensor) => x },
    "expected a module, whose clones remedies are tried on, got (x) => x",
  ],
])("refuses %s", (_, given, message) => {
  const all = { model: exploding(), found: { findings: [] }, optimizer, batches, ...given };
  const trying = () =>
    verifyRemedies(all.model as Sequential, batch, crossEntropy, all.found as never, all as never);
  expect(trying).toThrow(ArgumentError);
  expect(trying).toThrow(`verifyRemedies: ${message}`);
});

it("tries other outputs where output and loss do not fit, whatever was found", () => {
  const head = [new Linear({ inFeatures: 8, outFeatures: 1 }), new Softmax({ axis: 1 })];
  const model = new Sequential([new Linear({ inFeatures: 16, outFeatures: 8 }), tanh, ...head]);
  const binary = ({ inputs, targets }: Batch): Batch => ({
    inputs,
    targets: tensor(
      targets.values().map((label) => label % 2),
      { shape: [targets.size, 1], dtype: "f32" },
    ),
  });
  const diagnosis = diagnose(model, binary(batch), binaryCrossEntropy);
  expect(diagnosis.findings.map(({ fault }) => fault)).toEqual(["vanishing"]);
  const [best, ...others] = verifyRemedies(model, binary(batch), binaryCrossEntropy, diagnosis, {
    optimizer,
    batches: batches.slice(0, 8).map(binary),
    remedies: [...fitOutput(), ...scaleLearningRate([0.1])],
  });
  expect(best).toMatchObject({ passed: true, remedy: { name: "output: sigmoid" } });
  expect(others.map(({ passed }) => passed)).toEqual([false, false]);
});

describe("weight normalization", () => {
  const onlyLengths = remedyThat(({ model }) => {
    for (const layer of model.modules()) if (layer instanceof Linear) weightNorm(layer);
  });

  it("without a look at the data changes nothing", () => {
    const model = exploding();
    const treated = treat(model, onlyLengths, { batch }).model;
    const [before, after] = [model, treated].map((each) =>
      diagnose(each, batch, crossEntropy, { redraws: 0 }),
    );
    expect(after.flow.totalFactor / before.flow.totalFactor).toBeCloseTo(1, 3);
    expect(verify(model, { remedies: [onlyLengths] })[0].passed).toBe(false);
  });

  it("with lengths and biases set from the data cures the gain", () => {
    const verified = named(verify(exploding(), { remedies: [normalizeWeights()] }), "weight normalization");
    expect(verified.passed).toBe(true);
  });

  it("is offered to a network that has it already: the data sets it", () => {
    const model = exploding();
    for (const layer of model.layers) if (layer instanceof Linear) weightNorm(layer);
    expect(named(verify(model, { remedies: [normalizeWeights()] }), "weight normalization").passed).toBe(
      true,
    );
  });
});

describe("what a watcher finds in training", () => {
  const model = plain({ width: 12, depth: 3, activation: tanh, weights: 1, seed: "watched" });
  const findingAt = (step: number): Finding => ({
    ...diagnose(exploding(), batch, crossEntropy, { redraws: 0 }).findings[0],
    fault: "divergent",
    step,
  });
  const tooFast: OptimizerFactory = ({ model: clone }) => new SGD(clone.parameters(), { learningRate: 300 });
  const many = Array.from({ length: 48 }, (_, k) => batches[k % batches.length]);

  it("is taken as it stands in the watcher's list", () => {
    const finding = findingAt(3);
    const remedies = scaleLearningRate([0.001]);
    const options = { optimizer: tooFast, batches: many, remedies };
    const [listed] = verifyRemedies(model, batch, crossEntropy, { findings: [{ finding }] }, options);
    const [plainly] = verifyRemedies(model, batch, crossEntropy, { findings: [finding] }, options);
    expect(listed.evidence).toBe(plainly.evidence);
    expect(listed.passed).toBe(true);
  });

  it("asks remedies of the network to teach as well", () => {
    const idle = remedyThat(() => {}, { cures: ["divergent"] });
    const of = (step: number) =>
      verifyRemedies(
        model,
        batch,
        crossEntropy,
        { findings: [findingAt(step)] },
        {
          optimizer,
          batches: many.slice(0, 9),
          remedies: [idle],
        },
      )[0];
    expect(of(0).passed).toBe(true);
    expect(of(3).passed).toBe(false);
    expect(of(3).evidence).toContain("untreated");
  });

  it("asks for more trial steps than it took to show", () => {
    const stepsAt = (step: number): number => {
      const [{ evidence }] = verifyRemedies(
        model,
        batch,
        crossEntropy,
        { findings: [findingAt(step)] },
        {
          optimizer: ({ model: clone }) => new Adam(clone.parameters(), { learningRate: 0.05 }),
          batches: Array.from({ length: 90 }, (_, k) => batches[k % batches.length]),
          heldOut: [batch],
          remedies: [remedyThat(() => {}, { cures: ["divergent"] })],
        },
      );
      return Number(/in (\d+) steps/.exec(evidence)?.[1]);
    };
    expect([stepsAt(1), stepsAt(15), stepsAt(16), stepsAt(40)]).toEqual([32, 32, 64, 90]);
  });

  it("lets the steps be changed where it is none of exploding", () => {
    const tried = (step: number): string[] => {
      const findings = [{ ...findingAt(step), fault: "dead" as const }];
      const remedies = scaleLearningRate([0.1]);
      return verifyRemedies(
        model,
        batch,
        crossEntropy,
        { findings },
        { optimizer, batches: many.slice(0, 2), remedies },
      ).map(({ remedy }) => remedy.name);
    };
    expect(tried(0)).toEqual([]);
    expect(tried(1)).toEqual(["learning rate times 0.1"]);
  });
});

describe("where no remedy alone teaches enough", () => {
  const frozen: OptimizerFactory = ({ model: clone }) => new SGD(clone.parameters(), { learningRate: 1e-7 });
  const verified = verifyRemedies(
    exploding({ depth: 8, weights: 20 }),
    batch,
    crossEntropy,
    diagnose(exploding({ depth: 14 }), batch, crossEntropy),
    { optimizer: frozen, batches, candidates: [] },
  );

  it("the best networks are tried with other steps, and pass with what both show", () => {
    const [{ remedy, passed, evidence }] = verified;
    expect(passed).toBe(true);
    expect(remedy.name).toMatch(/^(initialization|weight|batch).*, optimizer: Adam at 0.01$/);
    expect(remedy.code.split("\n").at(-1)).toBe("new Adam(model.parameters(), { learningRate: 0.01 });");
    expect(evidence).toMatch(/^gradient first\/last layer .*; loss .* untreated$/);
  });

  it("and those that do not go at the cause", () => {
    const names = verified.map(({ remedy }) => remedy.name);
    expect(names[0]).toMatch(/^(initialization|weight|batch)/);
    expect(names).toEqual(expect.arrayContaining(["shortcuts", "learning rate times 10", "clipping: none"]));
  });

  it("and the best steps with other networks, none twice", () => {
    const adam = verified.filter(({ remedy }) => remedy.name.endsWith(", optimizer: Adam at 0.01"));
    expect(adam.length).toBeGreaterThan(2);
    expect(new Set(verified.map(({ remedy }) => remedy.name)).size).toBe(verified.length);
  });

  it("but not where only some remedies are asked for", () => {
    const remedies = reinitialize(relu);
    const only = verify(exploding(), { optimizer: frozen, remedies });
    expect(only.map(({ remedy }) => remedy.name).sort()).toEqual(remedies.map(({ name }) => name).sort());
  });
});

it("pairs are tried where a remedy alone has plainly taught only if asked for", () => {
  const model = plain({ width: 12, depth: 3, activation: tanh, weights: 1, seed: "thorough" });
  const { findings } = diagnose(
    plain({ width: 16, depth: 12, activation: sigmoid, weights: 1, seed: "sigmoid" }),
    batch,
    crossEntropy,
  );
  const adamAmong = (thorough: boolean): boolean =>
    verifyRemedies(
      model,
      batch,
      crossEntropy,
      { findings },
      {
        optimizer: ({ model: clone }) => new Adam(clone.parameters(), { learningRate: 0.05 }),
        batches: Array.from({ length: 40 }, (_, k) => batches[k % batches.length]),
        heldOut: [batch],
        candidates: [],
        thorough,
      },
    ).some(({ remedy }) => remedy.name.endsWith("optimizer: Adam at 0.01"));
  expect([adamAmong(false), adamAmong(true)]).toEqual([false, true]);
});

it("those that go at the cause come first, and are enough where one of them plainly teaches", () => {
  const model = plain({ width: 12, depth: 3, activation: tanh, weights: 1, seed: "thorough" });
  const deep = plain({ width: 16, depth: 12, activation: sigmoid, weights: 1, seed: "sigmoid" });
  const { findings } = diagnose(deep, batch, crossEntropy, { redraws: 0 });
  expect(findings[0].causes[0].part).toBe("activation");
  const verified = verifyRemedies(
    model,
    batch,
    crossEntropy,
    { findings },
    {
      optimizer: ({ model: clone }) => new Adam(clone.parameters(), { learningRate: 0.05 }),
      batches: Array.from({ length: 40 }, (_, k) => batches[k % batches.length]),
      heldOut: [batch],
      candidates: [relu],
    },
  );
  expect(verified.map(({ remedy }) => remedy.name)).toEqual([
    "activation: relu, initialization: criticalInit(relu)",
  ]);
  expect(verified[0].evidence).toContain("in 32 steps");
});

describe("what lint finds of the output", () => {
  const squashed = (): Sequential =>
    new Sequential([
      ...plain({ width: 12, depth: 2, activation: tanh, weights: 1, seed: "head" }).layers,
      new Softmax(),
    ]);
  const found = lint(squashed(), [32, 16], { loss: crossEntropy });
  const verified = verifyRemedies(squashed(), batch, crossEntropy, found, { optimizer, batches });

  it("is cured by what makes output and loss fit, and by nothing else", () => {
    expect(found.findings.map(({ fault }) => fault)).toEqual(["mismatched"]);
    expect(verified.map(({ remedy, passed }) => [remedy.name, passed])).toEqual([
      ["output: linear", true],
      ["output: logSoftmax", true],
      ["output: sigmoid", false],
    ]);
    expect(named(verified, "output: linear").evidence).toMatch(/^output and loss fit; loss/);
    expect(named(verified, "output: sigmoid").evidence).toContain("still mismatched");
  });

  it("shows in the findings", () => {
    const [{ remedies }] = attachRemedies(found.findings, verified);
    expect(remedies?.[0]).toMatchObject({ name: "output: linear", code: "changeOutput(model, null);" });
  });
});

it("networks of f64 and recurrent ones are treated as others are", () => {
  class Reader extends Module {
    readonly rnn = new RNN({ inputSize: 3, hiddenSize: 6, batchFirst: true, dtype: "f64" });
    readonly answer = new Linear({ inFeatures: 6, outFeatures: 2, dtype: "f64" });
    forward(x: Tensor): Tensor {
      return this.answer.call(select(this.rnn.call(x).output, 1, -1));
    }
  }
  const reader = new Reader();
  const inputs = randn(new Generator(1), [16, 8, 3], "f64");
  const targets = tensor(Int32Array.from({ length: 16 }, (_, k) => k % 2));
  const { findings } = diagnose(exploding(), batch, crossEntropy, { redraws: 0 });
  const verified = verifyRemedies(
    reader,
    { inputs, targets },
    crossEntropy,
    { findings },
    {
      optimizer,
      batches: [{ inputs, targets }],
      candidates: [relu],
    },
  );
  expect(named(verified, "activation: relu").evidence).not.toContain("does not apply");
  expect(named(verified, "batch normalization").evidence).toContain("does not apply");
  expect(named(verified, "clipping: adaptive").evidence).toContain("on shuffled targets");
});

it("gives gates whose weights begin alike weights that differ", () => {
  class Reader extends Module {
    readonly lstm = new LSTM({ inputSize: 3, hiddenSize: 8, batchFirst: true });
    readonly answer = new Linear({ inFeatures: 8, outFeatures: 2 });
    forward(x: Tensor): Tensor {
      return this.answer.call(select(this.lstm.call(x).output, 1, -1));
    }
  }
  const reader = new Reader();
  initialize(reader, { seed: 0, weight: constant(0.2), bias: zeros });
  const sequences = (seed: number) => {
    const inputs = randn(new Generator(seed), [32, 4, 3]);
    const last = select(inputs, 1, -1).toArray() as number[][];
    return { inputs, targets: tensor(Int32Array.from(last, ([a, b]) => (a > b ? 1 : 0))) };
  };
  const first = sequences(0);
  const found = diagnose(reader, first, crossEntropy, { redraws: 0 });
  expect(found.verdict).toContain("symmetric");
  const verified = verifyRemedies(reader, first, crossEntropy, found, {
    optimizer,
    batches: Array.from({ length: 24 }, (_, k) => sequences(k + 1)),
  });
  expect(named(verified, "initialization: xavierNormal()").passed).toBe(true);
  expect(named(verified, "initialization: orthogonal()").passed).toBe(true);
});
