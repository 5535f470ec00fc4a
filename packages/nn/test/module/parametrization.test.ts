import {
  backward,
  exp,
  Generator,
  graphNodes,
  log,
  parameter,
  randn,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import {
  Linear,
  Parametrization,
  parametrizationsOf,
  parametrize,
  removeParametrization,
  Sequential,
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
    const made = weightNorm(layer());
    expect(() =>
      parametrize(made, "weights", (value) => new Positive(value)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: parametrize: expected the name of a parameter of the layer, got "weights"]`,
    );
    expect(() => weightNorm(made)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: parametrize: expected the name of a parameter of the layer that is not parametrized yet, got "weight"]`,
    );
    expect(() => removeParametrization(made, "bias")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: removeParametrization: expected the name of a parametrized tensor, got "bias"]`,
    );
  });
});
