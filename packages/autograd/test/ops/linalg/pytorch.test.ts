import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as autograd from "../../../src/index.ts";

const { add, gradients, mul, parameter, sum, Tensor, tensor, zeros } = autograd;
type Tensor = autograd.Tensor;
type Operation = (...operands: unknown[]) => Tensor | readonly Tensor[];

const operations = new Map<string, unknown>(Object.entries(autograd));

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly operation: string;
  readonly before: readonly unknown[];
  readonly inputs: readonly Numbers[];
  readonly arguments: readonly unknown[];
  readonly outputs: readonly Numbers[];
  /** Of the results that are not constants. */
  readonly cotangents: readonly Numbers[];
  readonly gradients: readonly Numbers[];
  /** The second derivative is the gradient of the sum of the first, weighted so. */
  readonly weights: readonly Numbers[];
  readonly second: readonly (Numbers | null)[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../../reference/linalg.json", import.meta.url), "utf8"),
);
const read = ({ shape, data }: Numbers): Tensor => tensor(Float64Array.from(data), { shape });

/** Within `digits` decimal digits of the largest element, or of 1. */
function expectClose(x: Tensor, expected: Numbers, digits: number): void {
  expect(x.shape).toEqual(expected.shape);
  const scale = expected.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  x.values().forEach((value, k) => {
    expect(value / scale).toBeCloseTo(expected.data[k] / scale, digits);
  });
}

it.each(
  cases.map(
    (each, k) =>
      [`${k} ${each.operation} ${JSON.stringify([...each.before, ...each.arguments])}`, each] as const,
  ),
)("gives PyTorch's values, gradients and second derivatives: %s", (_, each) => {
  const inputs = each.inputs.map((x) => parameter(read(x)));
  const call = operations.get(each.operation) as Operation;
  const result = call(...each.before, ...inputs, ...each.arguments);
  const outputs = result instanceof Tensor ? [result] : result;
  expect(outputs).toHaveLength(each.outputs.length);
  outputs.forEach((output, k) => {
    expectClose(output, each.outputs[k], 13);
  });
  const real = outputs.filter((output) => output.requiresGrad);
  const weighted = (tensors: readonly Tensor[], weights: readonly Numbers[]): Tensor =>
    tensors.map((x, k) => sum(mul(x, read(weights[k])))).reduce((a, b) => add(a, b));
  const first = gradients(weighted(real, each.cotangents), inputs, { createGraph: true });
  first.forEach((gradient, k) => {
    expectClose(gradient, each.gradients[k], 12);
  });
  const total = weighted(first, each.weights);
  const second = total.requiresGrad ? gradients(total, inputs) : inputs.map((x) => zeros(x.shape, "f64"));
  second.forEach((gradient, k) => {
    const expected = each.second[k];
    if (expected !== null) expectClose(gradient, expected, 11);
    else expect(gradient.values().every((value) => value === 0)).toBe(true);
  });
});
