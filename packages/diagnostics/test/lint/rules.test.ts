import {
  add,
  concat,
  div,
  exp,
  Generator,
  hardtanh,
  leakyRelu,
  log,
  logdet,
  logSoftmax,
  matmul,
  mean,
  mul,
  narrow,
  neg,
  parameter,
  randn,
  relu,
  select,
  sigmoid,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@isograd/autograd";
import { type Finding, formatFinding, type Loss, lint, type Model } from "@isograd/diagnostics";
import {
  BatchNorm1d,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  constant,
  crossEntropy,
  heNormal,
  LayerNorm,
  Linear,
  mseLoss,
  multiMarginLoss,
  nllLoss,
  Residual,
  Sequential,
  zeros,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../networks/plain.ts";

const found = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, detector }) => `${severity}: ${detector}`);

const shape = [32, 16];

describe("units that begin alike", () => {
  it("are found before any data, and those that were drawn are not", () => {
    const of = (weights: Parameters<typeof plain>[0]["weights"]) =>
      lint(plain({ width: 8, depth: 3, activation: tanh, weights, seed: "alike" }), shape).findings;
    expect(of(constant(0.1))[0]).toMatchObject({ detector: "lint.symmetry", severity: "alarm" });
    expect(found(of(1))).toEqual([]);
  });
});

describe("depth", () => {
  const of = (options: Partial<Parameters<typeof plain>[0]>) =>
    lint(plain({ width: 32, depth: 14, activation: relu, weights: 2, seed: "depth", ...options }), shape)
      .findings;

  it("fires at a wrong gain, and says which would be right", () => {
    const findings = of({ weights: 8 });
    expect(found(findings)).toEqual(["alarm: lint.gain"]);
    expect(findings[0]).toMatchObject({ fault: "exploding", causes: [{ part: "weights" }] });
    expect(formatFinding(findings[0])).toMatchInlineSnapshot(`
      "alarm: exploding in layers.2 … layers.26 (13 layers)
        measured:     predicted gradient norm at layers.0 over that at layers.26 is 7530; healthy networks: 0.0577 to 6.28, p = 5e-40
        consequence:  theory puts a factor of 7530 on the gradient norm from layers.26 down to layers.0, and random inputs show 6780: no learning rate suits both ends
        cause:        weights: the weights of layers.2 … layers.26 (13 layers) have a variance of 7.9/fanIn where relu in front asks for 2/fanIn: multiply them by 0.503, or draw them by criticalInit
        disproved by: gradients of real data at layers.0 and layers.26 whose norms are alike"
    `);
    expect(found(of({ weights: 0.5 }))).toEqual(["alarm: lint.gain"]);
    expect(of({ weights: 2 })).toEqual([]);
  });

  it("knows from where on a gain is harmful: a total factor of 10³", () => {
    // χ = 1/4 a layer: a factor of 2 on the gradient norm.
    expect(found(of({ weights: 0.5, depth: 13, width: 64 }))).toEqual(["alarm: lint.gain"]);
    expect(found(of({ weights: 0.5, depth: 9, width: 64 }))).toEqual(["info: lint.gain"]);
    expect(found(of({ weights: 0.5, depth: 6, width: 64 }))).toEqual([]);
  });

  it("fires at activations that no usual weights suit", () => {
    for (const activation of [sigmoid, softplus]) {
      const findings = of({ activation, weights: 1 });
      expect(found(findings)).toEqual(["alarm: lint.activation"]);
      expect(findings[0].causes[0].explanation).toContain("no critical point");
    }
    expect(of({ activation: sigmoid, weights: 1, depth: 3 })).toEqual([]);
  });

  it("takes the weights that are declared in place of those that are there", () => {
    const model = plain({ width: 32, depth: 14, activation: relu, weights: 2, seed: "declared" });
    expect(found(lint(model, shape, { weightVariance: 1 / 3 }).findings)).toEqual(["alarm: lint.gain"]);
    expect(lint(model, shape, { weightVariance: 2 }).findings).toEqual([]);
    const { layers } = lint(model, shape, { weightVariance: 1 / 3 });
    expect(layers[5].chi).toBeCloseTo(1 / 6, 12);
  });

  it("needs the pass to show what theory says: shortcuts that theory does not know of", () => {
    const body = plain({ width: 16, depth: 20, outputs: 16, activation: relu, weights: 0.3, seed: "around" });
    const [around, head] = [1, 2].map((seed) => parameter(randn(new Generator(seed), [16, 16])));
    const model = (x: Tensor): Tensor => matmul(add(body.call(matmul(x, around)), matmul(x, around)), head);
    expect(lint(model, shape).findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  it("names the operation that lets nothing through, and nothing of less", () => {
    const norm = new LayerNorm({ normalizedShape: 16 });
    norm.weight?.assign(tensor(new Float32Array(16)));
    const [first, second] = [16, 4].map((outFeatures) => new Linear({ inFeatures: 16, outFeatures }));
    const [{ causes }] = lint((x) => second.call(norm.call(relu(first.call(x)))), shape).findings;
    expect(causes).toMatchObject([
      { part: "operation", explanation: "normalize below linear 2 multiplies |gradient|² by 0" },
    ]);
  });

  it("knows zeros that are meant", () => {
    const model = plain({ width: 32, depth: 8, activation: relu, weights: 2, seed: "zeros" });
    (model.layers.at(-1) as Linear).weight.assign(
      parameter(new Float32Array(32 * 4), { shape: (model.layers.at(-1) as Linear).weight.shape }).detach(),
    );
    expect(lint(model, shape).findings).toEqual([]);
  });
});

describe("width", () => {
  const of = (width: number, depth: number) =>
    lint(plain({ width, depth, activation: relu, weights: 2, seed: "a", bias: undefined }), shape);

  it("fires where depth over width leaves gradients to chance", () => {
    expect(found(of(4, 30).findings)).toContain("alarm: lint.width");
    expect(found(of(4, 30).findings)).toContain("warning: lint.bornDead");
    expect(found(of(16, 60).findings)).toEqual(["warning: lint.width"]);
    expect(of(16, 20).findings).toEqual([]);
    expect(of(64, 60).findings).toEqual([]);
  });

  it("tells of the chance to be born dead from one in ten on", () => {
    expect(of(3, 2).bornDead).toBeCloseTo(1 / 8, 14);
    expect(found(of(3, 2).findings)).toContain("warning: lint.bornDead");
    expect(of(4, 2).bornDead).toBeCloseTo(1 / 16, 14);
    expect(found(of(4, 2).findings)).not.toContain("warning: lint.bornDead");
    const leaky = plain({ width: 2, depth: 4, activation: leakyRelu, weights: 2, seed: "a" });
    expect(lint(leaky, shape).bornDead).toBe(0);
  });

  it("reports Σ 1/n and the bound", () => {
    const { inverseWidths, bornDead } = of(16, 5);
    expect(inverseWidths).toBeCloseTo(4 / 16, 14);
    expect(bornDead).toBeCloseTo(1 - (1 - 2 ** -16) ** 4, 14);
  });
});

describe("batch normalisation", () => {
  const normalized = (depth: number) =>
    plain({
      width: 32,
      depth,
      activation: relu,
      weights: 2,
      seed: "norm",
      behind: (numFeatures) => new BatchNorm1d({ numFeatures }),
    });

  it("explodes in plain networks that are deep, and only there", () => {
    const { findings, layers } = lint(normalized(50), shape);
    expect(found(findings)).toEqual(["alarm: lint.batchNorm", "info: lint.bias"]);
    expect(findings[0].causes[0].explanation).toContain("1.47 a layer");
    expect(layers[3].normalized).toBe(true);
    expect(found(lint(normalized(20), shape).findings)).toEqual(["info: lint.bias"]);
  });

  it("is neither centring nor scaling alone", () => {
    const [first, second] = [1, 2].map((seed) => parameter(randn(new Generator(seed), [16, 16])));
    const over = { axis: 0, keepDims: true } as const;
    const of = (between: (x: Tensor) => Tensor): boolean =>
      lint((x) => matmul(relu(between(matmul(x, first))), second), shape).layers[0].normalized;
    const centred = (x: Tensor): Tensor => sub(x, mean(x, over));
    const scaled = (x: Tensor): Tensor => div(x, sqrt(mean(square(x), over)));
    expect(of(centred)).toBe(false);
    expect(of(scaled)).toBe(false);
    expect(of((x) => scaled(centred(x)))).toBe(true);
  });

  it("is silent with shortcuts", () => {
    const generator = new Generator("shortcuts");
    const linear = (inFeatures: number, outFeatures: number): Linear =>
      new Linear({ inFeatures, outFeatures, bias: false, weightInit: heNormal(), generator });
    const blocks = Array.from(
      { length: 50 },
      () =>
        new Residual({ inner: new Sequential([new BatchNorm1d({ numFeatures: 16 }), relu, linear(16, 16)]) }),
    );
    expect(lint(new Sequential([linear(16, 16), ...blocks, linear(16, 4)]), shape).findings).toEqual([]);
  });

  it("makes biases useless: an info, and none without biases or without normalisation", () => {
    const generator = new Generator("bias");
    const of = (bias: boolean, normalize: boolean) =>
      lint(
        new Sequential([
          new Linear({ inFeatures: 16, outFeatures: 8, bias, generator }),
          ...(normalize ? [new BatchNorm1d({ numFeatures: 8 })] : [new LayerNorm({ normalizedShape: 8 })]),
          relu,
          new Linear({ inFeatures: 8, outFeatures: 3, generator }),
        ]),
        shape,
      ).findings;
    expect(of(true, true)).toMatchObject([{ detector: "lint.bias", severity: "info", places: ["layers.0"] }]);
    expect(of(false, true)).toEqual([]);
    expect(of(true, false)).toEqual([]);
  });
});

describe("residual blocks", () => {
  const of = (blocks: number, scale: number, norm = false) => {
    const generator = new Generator("blocks");
    const linear = (outFeatures = 16): Linear =>
      new Linear({ inFeatures: 16, outFeatures, weightInit: heNormal(), biasInit: zeros, generator });
    const body = Array.from({ length: blocks }, () => {
      const head = norm ? [new LayerNorm({ normalizedShape: 16 })] : [];
      return new Residual({ inner: new Sequential([...head, linear(), relu, linear()]), scale });
    });
    return lint(new Sequential([linear(), ...body, linear(4)]), shape).findings;
  };

  it("grow without a scale, and not with one or with a normalisation", () => {
    const findings = of(30, 1);
    expect(found(findings)).toEqual(["alarm: lint.residual"]);
    expect(findings[0].causes[0].explanation).toContain("each of 30 shortcuts");
    expect(of(30, Math.sqrt(1 / 30))).toEqual([]);
    expect(of(30, 1, true)).toEqual([]);
    expect(of(8, 1)).toEqual([]);
  });
});

describe("units", () => {
  it("are found dead at birth", () => {
    const model = plain({ width: 32, depth: 4, activation: relu, weights: 2, seed: "dead" });
    const { bias } = model.layers[2] as Linear;
    bias?.assign(parameter(new Float32Array(32).fill(-50)).detach());
    expect(found(lint(model, shape).findings)).toContain("alarm: lint.units");
  });
});

describe("heads", () => {
  const body = plain({ width: 16, depth: 3, outputs: 5, activation: relu, weights: 2, seed: "head" });
  const single = plain({ width: 16, depth: 3, outputs: 1, activation: relu, weights: 2, seed: "head" });
  const behind =
    (last: (x: Tensor) => Tensor, model = body): Model =>
    (x) =>
      last(model.call(x));
  const axisOne = (x: Tensor): Tensor => softmax(x, 1);
  const of = (model: Model, loss?: Loss): string[] => found(lint(model, shape, { loss }).findings);

  it.each<[string, Model, Loss | undefined, string[]]>([
    ["softmax on one unit", behind(axisOne, single), undefined, ["alarm: lint.constantOutput"]],
    ["softmax over the batch", behind((x) => softmax(x, 0)), undefined, ["alarm: lint.batchSoftmax"]],
    ["softmax in a loss on one unit", single, crossEntropy, ["alarm: lint.silentLoss"]],
    ["softmax before logits' cross entropy", behind(axisOne), crossEntropy, ["alarm: lint.squashedTwice"]],
    ["sigmoid for many classes", behind(sigmoid), crossEntropy, ["alarm: lint.squashedTwice"]],
    ["tanh before logits' cross entropy", behind(tanh), crossEntropy, ["alarm: lint.squashedTwice"]],
    [
      "sigmoid before its loss on logits",
      behind(sigmoid),
      binaryCrossEntropyWithLogits,
      ["alarm: lint.squashedTwice"],
    ],
    ["probabilities without logarithm", behind(axisOne), nllLoss, ["alarm: lint.squashedTwice"]],
    ["raw numbers as probabilities", body, binaryCrossEntropy, ["alarm: lint.missingSquashing"]],
    ["the same without bounds", behind(softplus), binaryCrossEntropy, ["alarm: lint.missingSquashing"]],
    ["raw numbers as logarithms of probabilities", body, nllLoss, ["alarm: lint.unnormalizedScores"]],
    ["logSoftmax over the batch", behind((x) => logSoftmax(x, 0)), undefined, ["alarm: lint.batchSoftmax"]],
    ["tanh as probabilities", behind(tanh), binaryCrossEntropy, ["alarm: lint.missingSquashing"]],
    [
      "a part of raw numbers",
      behind((x) => select(x, 1, 0)),
      binaryCrossEntropy,
      ["alarm: lint.missingSquashing"],
    ],
    ["logSoftmax twice", behind((x) => logSoftmax(x, 1)), crossEntropy, ["info: lint.normalizedTwice"]],
  ])("that do not fit: %s", (_, model, loss, expected) => {
    expect(of(model, loss)).toEqual(expected);
  });

  const ownCrossEntropy: Loss = (p, t) => neg(mean(add(mul(t, log(p)), mul(sub(1, t), log(sub(1, p))))));

  it.each<[string, Model, Loss]>([
    ["logits and cross entropy", body, crossEntropy],
    ["logits and binary cross entropy", body, binaryCrossEntropyWithLogits],
    ["logSoftmax and the likelihood", behind((x) => logSoftmax(x, 1)), nllLoss],
    ["the logarithm of softmax", behind((x) => log(softmax(x, 1))), nllLoss],
    ["a sigmoid and probabilities", behind(sigmoid), binaryCrossEntropy],
    ["a sigmoid and probabilities, by hand", behind(sigmoid), ownCrossEntropy],
    ["one unit with a sigmoid", behind(sigmoid, single), binaryCrossEntropy],
    ["one logit", single, binaryCrossEntropyWithLogits],
    ["numbers and squares", body, mseLoss],
    ["a sigmoid and squares", behind(sigmoid), mseLoss],
    ["tanh and squares, by hand", behind(tanh), (x, t) => mean(square(sub(x, t)))],
    ["softmax and squares", behind(axisOne), mseLoss],
    ["scores and margins", body, multiMarginLoss],
    ["smoothed labels", body, (x, t) => crossEntropy(x, t, { labelSmoothing: 0.1 })],
    ["a rate and its logarithm", behind(exp), (x, t) => mean(sub(x, mul(t, log(x))))],
  ])("that fit: %s", (_, model, loss) => {
    expect(of(model, loss)).toEqual([]);
  });

  const nan: Loss = (x, t) => mul(mseLoss(x, t), Number.NaN);

  it("need not be squashed where they are no layer's numbers, or the loss knows none that are finite", () => {
    const scale = parameter([1, 1, 1, 1, 1]);
    const rooted: Loss = (x, t) => mseLoss(sqrt(x), t);
    expect(of(body, rooted)).toEqual(["alarm: lint.missingSquashing"]);
    expect(of((x) => mul(square(narrow(x, 1, 0, 5)), scale), rooted)).toEqual([]);
    const mixed = behind((x) => concat([narrow(x, 1, 0, 3), softplus(narrow(x, 1, 3, 2))], 1));
    const halves: Loss = (x, t) => mseLoss(concat([narrow(x, 1, 0, 3), log(narrow(x, 1, 3, 2))], 1), t);
    expect(of(body, halves)).toEqual(["alarm: lint.missingSquashing"]);
    expect(of(mixed, halves)).toEqual([]);
    expect(of(body, nan)).not.toContain("alarm: lint.missingSquashing");
  });

  it("may be a matrix that has no inverse where all its numbers are the same", () => {
    const square = plain({ width: 16, depth: 2, outputs: 16, activation: relu, weights: 2, seed: "matrix" });
    const volume: Loss = (x) => logdet(matmul(transpose(x), x));
    expect(of(square, volume)).toEqual([]);
  });

  it("are normalised scores along whichever axis", () => {
    const bySequence: Loss = (x, t) => nllLoss(transpose(x, 1, 2), t);
    const targets = tensor(new Int32Array(8 * 6), { shape: [8, 6] });
    const along = (last: (x: Tensor) => Tensor): string[] =>
      found(lint(behind(last), [8, 6, 16], { loss: bySequence, targets }).findings);
    expect(along((x) => logSoftmax(x, 2))).toEqual([]);
    expect(along((x) => x)).toEqual(["alarm: lint.unnormalizedScores"]);
  });

  it("count by what they put out of reach: tanh between bounds further and further out", () => {
    const within = (bound: number): string[] =>
      of(behind(hardtanh.with({ minimum: -bound, maximum: bound })), crossEntropy);
    expect(within(1)).toEqual(["alarm: lint.squashedTwice"]);
    expect(within(2)).toEqual(["warning: lint.squashedTwice"]);
    expect(within(3)).toEqual([]);
  });

  it("are judged alike under a factor on the loss", () => {
    for (const factor of [1e-6, 1e6]) {
      const scaled: Loss = (x, t) => mul(crossEntropy(x, t), factor);
      expect(of(behind(axisOne), scaled)).toEqual(["alarm: lint.squashedTwice"]);
      expect(of(body, scaled)).toEqual([]);
    }
  });
});
