import {
  add,
  assertGradients,
  backward,
  exp,
  Generator,
  graphNodes,
  log,
  mul,
  norm,
  parameter,
  randn,
  sub,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import {
  initialize,
  Linear,
  MappedParametrization,
  orthogonalWeight,
  Parametrization,
  parametrizationsOf,
  parametrize,
  removeParametrization,
  Sequential,
  spectralNorm,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

/** A positive tensor, by its logarithm. */
class Positive extends Parametrization {
  readonly logarithm: Tensor;
  constructor(value: Tensor) {
    super();
    this.logarithm = parameter(log(value.detach()));
  }
  forward(): Tensor {
    return exp(this.logarithm);
  }
  assign(value: Tensor): void {
    this.logarithm.assign(log(value.detach()));
  }
}

const layer = () =>
  new Linear({
    inFeatures: 2,
    outFeatures: 2,
    weightInit: () =>
      tensor([
        [1, 2],
        [3, 4],
      ]),
    bias: false,
  });
const x = () => randn(new Generator(2), [3, 2]);

describe("parametrize", () => {
  it("computes the tensor at each use, in its own place, and learns its parts", () => {
    const model = new Sequential([layer()]);
    const [inner] = model.layers as Linear[];
    const made = parametrize(inner, "weight", (value) => new Positive(value));
    expect(inner).toBeInstanceOf(Linear);
    expect(model.namedParameters().map(({ path }) => path)).toEqual([
      "layers.0.parametrizations.weight.logarithm",
    ]);
    expect(inner.weight.values()[3]).toBeCloseTo(4, 6);
    const output = model.call(x());
    expect(graphNodes(output).map(({ scope }) => scope)).toContain("layers.0.parametrizations.weight");
    backward(sum(output));
    expect(made.logarithm.grad?.shape).toEqual([2, 2]);
    made.logarithm.assign(
      log(
        tensor([
          [5, 6],
          [7, 8],
        ]),
      ),
    );
    expect(inner.weight.values()[0]).toBeCloseTo(5, 5);
  });

  it("takes a value for the tensor through its parts", () => {
    const made = layer();
    parametrize(made, "weight", (value) => new Positive(value));
    (made as { weight: Tensor }).weight = tensor([
      [9, 9],
      [9, 9],
    ]);
    expect(made.weight.values()[0]).toBeCloseTo(9, 5);
    expect(Object.hasOwn(made, "weight")).toBe(false);
  });

  it("works for several tensors of a layer, undone in any order", () => {
    const made = new Linear({
      inFeatures: 2,
      outFeatures: 2,
      weightInit: () =>
        tensor([
          [1, 2],
          [3, 4],
        ]),
      biasInit: () => tensor([1, 2]),
    });
    const before = made.call(x()).toArray();
    parametrize(made, "weight", (value) => new Positive(value));
    parametrize(made, "bias", (value) => new Positive(value));
    removeParametrization(made, "weight");
    expect(Object.keys(parametrizationsOf(made as never))).toEqual(["bias"]);
    expect(made.namedParameters().map(({ path }) => path)).toEqual([
      "weight",
      "parametrizations.bias.logarithm",
    ]);
    removeParametrization(made, "bias");
    expect(made.namedParameters().map(({ path }) => path)).toEqual(["weight", "bias"]);
    expect(Object.getPrototypeOf(made)).toBe(Linear.prototype);
    const after = made.call(x()).toArray() as number[][];
    for (const [row, values] of (before as number[][]).entries()) {
      for (const [column, value] of values.entries()) expect(after[row][column]).toBeCloseTo(value, 5);
    }
  });

  it("refuses what is no parameter, and what is parametrized already", () => {
    const made = layer();
    parametrize(made, "weight", (value) => new Positive(value));
    expect(() =>
      parametrize(made, "weights", (value) => new Positive(value)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: parametrize: expected the name of a parameter of the layer, got "weights"]`,
    );
    expect(() =>
      parametrize(made, "weight", (value) => new Positive(value)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: parametrize: expected the name of a parameter that is not parametrized yet, or a parametrization with a source, got "weight"]`,
    );
    expect(() => removeParametrization(made, "bias")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: removeParametrization: expected the name of a parametrized tensor, got "bias"]`,
    );
  });
});

/** Twice a tensor: what is assigned to it is not what is learnt. */
class Doubled extends MappedParametrization {
  forward(): Tensor {
    return add(this.original, this.original);
  }
  override assign(value: Tensor): void {
    super.assign(mul(value, 0.5));
  }
}

/** A tensor and 1. */
class Raised extends MappedParametrization {
  forward(): Tensor {
    return add(this.original, 1);
  }
  override assign(value: Tensor): void {
    super.assign(sub(value, 1));
  }
}

describe("several parametrizations of one tensor", () => {
  const make = () => {
    const made = layer();
    parametrize(made, "weight", (value) => new Doubled(value));
    parametrize(made, "weight", (value) => new Raised(value));
    return made;
  };

  it("apply one after the other, the last one last", () => {
    const made = make();
    expect(made.weight.toArray()).toEqual([
      [3, 5],
      [7, 9],
    ]);
    expect(made.namedParameters().map(({ path }) => path)).toEqual([
      "parametrizations.weight.parametrizations.original.original",
    ]);
    backward(sum(made.weight));
    expect(made.parameters()[0].grad?.toArray()).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it("take a value through all of them, keep the parameter, and are undone together", () => {
    const made = make();
    const [learnt] = made.parameters();
    const value = [
      [9, 9],
      [5, 3],
    ];
    (made as { weight: Tensor }).weight = tensor(value);
    expect(made.weight.toArray()).toEqual(value);
    expect(learnt.toArray()).toEqual([
      [4, 4],
      [2, 1],
    ]);
    removeParametrization(made, "weight");
    expect(made.weight.toArray()).toEqual(value);
    expect(made.namedParameters().map(({ path }) => path)).toEqual(["weight"]);
  });

  it("are begun anew, copied and switched to evaluation like any module", () => {
    const made = spectralNorm(weightNorm(new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" })));
    const copy = made.clone().eval();
    expect(copy.modules().every(({ training }) => !training)).toBe(true);
    expect(copy.weight.toArray()).toEqual(copy.weight.toArray());
    initialize(made, { seed: 1 });
    const plain = new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
    initialize(plain, { seed: 1 });
    const inner = parametrizationsOf(made as never).weight as unknown as { original: Tensor };
    for (const [k, expected] of plain.weight.values().entries())
      expect(inner.original.values()[k]).toBeCloseTo(expected, 14);
    expect(copy.weight.toArray()).not.toEqual(made.weight.toArray());
  });

  it("stand over a weight that is orthogonal, and under a length of its own", () => {
    const made = weightNorm(orthogonalWeight(new Linear({ inFeatures: 4, outFeatures: 3, dtype: "f64" })));
    for (const value of norm(made.weight, { axis: 1 }).values()) expect(value).toBeCloseTo(1, 12);
    assertGradients((x: Tensor) => made.call(x), randn(new Generator(1), [2, 4], "f64"), {
      parameters: made,
    });
  });
});
