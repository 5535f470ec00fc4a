import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as autograd from "../../../src/index.ts";

const { parameter, backward, Tensor, tensor, zeros } = autograd;
type Tensor = autograd.Tensor;
type Operation = (...operands: unknown[]) => Tensor | readonly Tensor[];

const operations = new Map<string, unknown>(Object.entries(autograd));

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly operation: string;
  readonly inputs: readonly Numbers[];
  readonly arguments: readonly unknown[];
  readonly outputs: readonly Numbers[];
  readonly cotangent: Numbers;
  /** Null for indices, which carry none. */
  readonly gradients: readonly (Numbers | null)[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../../reference/spatial.json", import.meta.url), "utf8"),
);
const read = ({ shape, data }: Numbers): Tensor => tensor(Float64Array.from(data), { shape });

function expectClose(x: Tensor, expected: Numbers): void {
  expect(x.shape).toEqual(expected.shape);
  x.values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.data[k], 11);
  });
}

it.each(cases.map((each, k) => [`${k} ${each.operation} ${JSON.stringify(each.arguments)}`, each] as const))(
  "gives PyTorch's values and gradients: %s",
  (_, each) => {
    const inputs = each.inputs.map((x, k) =>
      each.gradients[k] === null ? autograd.cast(read(x), "i32") : parameter(read(x)),
    );
    const call = operations.get(each.operation) as Operation;
    const result = call(...inputs, ...each.arguments);
    const outputs = result instanceof Tensor ? [result] : result;
    expect(outputs).toHaveLength(each.outputs.length);
    outputs.forEach((output, k) => {
      expectClose(output, each.outputs[k]);
    });
    backward(outputs[0], { cotangent: read(each.cotangent) });
    each.gradients.forEach((gradient, k) => {
      if (gradient !== null) expectClose(inputs[k].grad ?? zeros(gradient.shape, "f64"), gradient);
    });
  },
);
