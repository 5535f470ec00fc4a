import {
  cast,
  Generator,
  matmul,
  parameter,
  randn,
  relu,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { type LintReport, lint } from "@isograd/diagnostics";
import { BatchNorm1d, crossEntropy, Dropout, Linear, mseLoss, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../networks/plain.ts";

const found = ({ findings }: LintReport): string[] => findings.map(({ detector }) => detector);

describe("what it looks at", () => {
  const product = (x: Tensor): Tensor => tanh(matmul(x, weights));
  const weights = parameter(randn(new Generator("weights"), [8, 3]));

  it("is any function of tensors", () => {
    const { layers } = lint(product, [16, 8]);
    expect(layers).toMatchObject([{ fanIn: 8, fanOut: 3, behind: "tanh", before: null, hasBias: false }]);
  });

  it("takes the shape of a batch, or that of one example", () => {
    const model = plain({ width: 12, depth: 4, activation: relu, weights: 2, inputs: 8, seed: 1 });
    const places = lint(model, [16, 8]).layers.map(({ place }) => place);
    expect(places).toEqual(["layers.0", "layers.2", "layers.4", "layers.6"]);
    for (const shape of [[1, 8], [8]])
      expect(lint(model, shape).layers.map(({ place }) => place)).toEqual(places);
  });

  it("takes inputs that are drawn otherwise, such as indices", () => {
    const seen: (readonly number[])[] = [];
    const inputs = (generator: Generator, shape: readonly number[]): Tensor => {
      seen.push(shape);
      return randn(generator, shape, "f64");
    };
    const model = plain({
      width: 12,
      depth: 4,
      activation: relu,
      weights: 2,
      inputs: 8,
      seed: 1,
      dtype: "f64",
    });
    expect(lint(model, [64, 8], { inputs }).findings).toEqual([]);
    expect(seen).toEqual([[64, 8]]);
  });

  it("takes targets for losses that need others", () => {
    const model = plain({ width: 12, depth: 3, activation: relu, weights: 2, inputs: 8, seed: 1 });
    const targets = tensor(new Int32Array(6));
    const loss = (x: Tensor, wanted: Tensor): Tensor => {
      if (wanted.shape[0] !== 6) throw new RangeError("six examples, no more");
      return crossEntropy(x, wanted);
    };
    expect(() => lint(model, [6, 8], { loss })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected a loss that takes class labels, or numbers in the shape of the output; pass targets for others: six examples, no more, got [37, 4]]`,
    );
    expect(lint(model, [6, 8], { loss, targets }).findings).toEqual([]);
  });
});

describe("guarantees", () => {
  it("leaves all as it was: parameters, gradients, statistics, generators", () => {
    const generator = new Generator("left");
    const model = new Sequential([
      new Linear({ inFeatures: 8, outFeatures: 8, generator }),
      new BatchNorm1d({ numFeatures: 8 }),
      new Dropout({ probability: 0.5, generator: new Generator("dropout") }),
      relu,
      new Linear({ inFeatures: 8, outFeatures: 2, generator }),
    ]);
    const parameters = (): unknown => model.parameters().map((each) => [each.toArray(), each.grad]);
    const [before, untouched] = [parameters(), model.clone()];
    lint(model, [16, 8], { loss: mseLoss });
    expect(parameters()).toEqual(before);
    const x = randn(new Generator("x"), [16, 8]);
    // In training the generator of the dropout counts, outside the statistics.
    expect(model.call(x).toArray()).toEqual(untouched.call(x).toArray());
    for (const each of [model, untouched]) each.eval();
    expect(model.call(x).toArray()).toEqual(untouched.call(x).toArray());
  });

  it("says the same of single and of double precision", () => {
    for (const weights of [0.5, 2, 8]) {
      const [single, double] = (["f32", "f64"] as const).map((dtype) => {
        const model = plain({ width: 24, depth: 12, activation: relu, weights, seed: "precision", dtype });
        return lint((x) => model.call(cast(x, dtype)), [32, 16]);
      });
      expect(found(double)).toEqual(found(single));
      single.layers.forEach(({ chi }, k) => {
        if (k > 0) expect(chi / double.layers[k].chi).toBeCloseTo(1, 5);
      });
    }
  });

  it("says the same where units are permuted", () => {
    const model = plain({ width: 24, depth: 10, activation: relu, weights: 6, seed: "permuted" });
    const before = lint(model, [32, 16]);
    const [first, second] = [model.layers[0], model.layers[2]] as Linear[];
    const turned = (x: Tensor, axis: number): Tensor => {
      const rows = x.toArray() as number[][];
      return tensor(axis === 0 ? rows.reverse() : rows.map((row) => row.reverse()));
    };
    first.weight.assign(turned(first.weight, first.weight.shape[0] === 24 ? 0 : 1));
    second.weight.assign(turned(second.weight, first.weight.shape[0] === 24 ? 1 : 0));
    expect(found(lint(model, [32, 16]))).toEqual(found(before));
    expect(found(before)).toEqual(["lint.gain"]);
  });
});

it("judges by its share of the chance that it is given", () => {
  const model = plain({ width: 16, depth: 20, activation: relu, weights: 1, seed: "alpha" });
  const counts = [undefined, 0.001, 1e-6].map((alpha) => lint(model, [32, 16], { alpha }).findings.length);
  expect(counts).toEqual([1, 1, 0]);
});

describe("errors", () => {
  const model = plain({ width: 4, depth: 2, activation: relu, seed: 1 });

  it("say what was expected", () => {
    expect(() => lint(model, [])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected an input shape [batch, ...] of positive whole numbers, got []]`,
    );
    expect(() => lint(model, [2.5, 16])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected an input shape [batch, ...] of positive whole numbers, got [2.5, 16]]`,
    );
    expect(() => lint(model, [4, 5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lint: the model failed on this batch: linear: expected [..., in] and a weight [out, in] or [in], got [37, 5] and [4, 16] (in layers.0)]`,
    );
    expect(() => lint(model, [4, 16], { weightVariance: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected a positive weight variance, got 0]`,
    );
    expect(() => lint(model, [4, 16], { alpha: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected alpha between 0 and 1, got 1]`,
    );
    expect(() => lint(Linear as never, [4, 16])).toThrow(
      'lint: expected a model: a function of the inputs, or a module, got "class Linear"',
    );
    expect(() => lint((x) => relu(x), [4, 16])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lint: expected tracked parameters that the loss depends on, got 0]`,
    );
  });
});
