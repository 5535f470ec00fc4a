import {
  assertGradients,
  Generator,
  matmul,
  neg,
  randn,
  reshape,
  type Tensor,
  tensor,
  transpose,
} from "@isograd/autograd";
import {
  Conv2d,
  initialize,
  Linear,
  Orthogonal,
  orthogonal,
  orthogonalWeight,
  removeParametrization,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const maps = ["matrixExp", "cayley", "householder"] as const;
const make = (outFeatures: number, inFeatures: number) =>
  new Linear({ inFeatures, outFeatures, dtype: "f64", bias: false, generator: new Generator(5) });
const partsOf = (layer: object) =>
  (layer as { parametrizations: { weight: Orthogonal } }).parametrizations.weight;

function expectOrthonormal(weight: Tensor): void {
  const [rows, columns] = weight.shape;
  const product = rows <= columns ? matmul(weight, transpose(weight)) : matmul(transpose(weight), weight);
  const n = Math.min(rows, columns);
  for (const [k, value] of product.values().entries())
    expect(value).toBeCloseTo(k % (n + 1) === 0 ? 1 : 0, 12);
}

describe.each(maps)("orthogonalWeight by %s", (map) => {
  it.each([
    [4, 4],
    [6, 3],
    [2, 5],
    [1, 1],
    [1, 4],
  ])("stays orthogonal wherever training goes: [%i, %i]", (rows, columns) => {
    const layer = orthogonalWeight(make(rows, columns), { map });
    expectOrthonormal(layer.weight);
    const before = layer.weight.toArray();
    const { free } = partsOf(layer);
    free.assign(randn(new Generator(7), free.shape, "f64"));
    expectOrthonormal(layer.weight);
    if (rows * columns > 1) expect(layer.weight.toArray()).not.toEqual(before);
  });

  it.each([
    [4, 4],
    [6, 3],
    [2, 5],
  ])("begins as the weight was, if that was orthogonal: [%i, %i]", (rows, columns) => {
    const layer = make(rows, columns);
    initialize(layer, { seed: 3, weight: orthogonal() });
    const before = layer.weight.values();
    orthogonalWeight(layer, { map });
    expectNumbers(layer.weight.values(), before, 1e-13, 1e-14);
    const other = orthogonalWeight(make(rows, columns), { map });
    partsOf(other).free.assign(randn(new Generator(7), partsOf(other).free.shape, "f64"));
    partsOf(other).assign(layer.weight);
    expectNumbers(other.weight.values(), before, 1e-13, 1e-14);
  });

  it.each([
    [3, 3],
    [4, 2],
    [2, 3],
  ])("has the gradients of its values: [%i, %i]", (rows, columns) => {
    const layer = orthogonalWeight(make(rows, columns), { map });
    const { free } = partsOf(layer);
    free.assign(randn(new Generator(7), free.shape, "f64"));
    assertGradients((x: Tensor) => layer.call(x), randn(new Generator(3), [2, columns], "f64"), {
      parameters: layer,
    });
  });
});

describe("in the plane", () => {
  const a = 0.7;
  const identity = tensor(
    [
      [1, 0],
      [0, 1],
    ],
    { dtype: "f64" },
  );
  it.each([
    { map: "matrixExp", angle: a },
    { map: "cayley", angle: 2 * Math.atan(a / 2) },
  ] as const)("$map turns by the angle that it should", ({ map, angle }) => {
    const made = new Orthogonal(identity, map);
    made.free.assign(
      tensor(
        [
          [5, 5],
          [a, 5],
        ],
        { dtype: "f64" },
      ),
    );
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    expectNumbers(made.call().values(), [cosine, -sine, sine, cosine], 1e-14);
  });

  it("householder reflects a column at (1, a)", () => {
    const made = new Orthogonal(tensor([[1], [0]], { dtype: "f64" }), "householder");
    made.free.assign(tensor([[5], [a]], { dtype: "f64" }));
    made.base.assign(neg(identity));
    expectNumbers(made.call().values(), [(1 - a * a) / (1 + a * a), (2 * a) / (1 + a * a)], 1e-14);
  });
});

it("takes the filters of a convolution for rows, and is undone with the present value", () => {
  const layer = orthogonalWeight(
    new Conv2d({ inChannels: 2, outChannels: 3, kernelSize: 2, dtype: "f64", generator: new Generator(1) }),
  );
  expectOrthonormal(reshape(layer.weight, [3, 8]));
  const before = layer.weight.values();
  removeParametrization(layer, "weight");
  expectNumbers(layer.weight.values(), before, 0, 0);
});

it("refuses vectors, and maps that there are none of", () => {
  const layer = new Linear({ inFeatures: 2, outFeatures: 2 });
  expect(() => orthogonalWeight(layer, { name: "bias" })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: orthogonalWeight: expected a tensor of rank 2 or more, got 1]`,
  );
  expect(() => orthogonalWeight(layer, { map: "givens" as never })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: orthogonalWeight: expected map to be one of matrixExp, cayley, householder, got "givens"]`,
  );
});
