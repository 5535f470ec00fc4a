import { readFileSync } from "node:fs";
import { fromData, Tensor } from "@isograd/autograd";
import { expect } from "vitest";

/** A tensor as generate.py writes it. */
export interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export function readCases<T>(file: string): T[] {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}

export function unpack({ shape, data }: Packed, integer = false): Tensor {
  return fromData(integer ? Int32Array.from(data) : Float64Array.from(data), shape);
}

/** Whether a tensor has the shape and the numbers of a reference answer. */
export function expectTensor(
  actual: Tensor | null,
  expected: Packed,
  relative = 1e-9,
  absolute = 1e-11,
): void {
  expect(actual).toBeInstanceOf(Tensor);
  expect(actual?.shape).toEqual(expected.shape);
  expectNumbers(actual?.values() ?? [], expected.data, relative, absolute);
}

export function expectNumbers(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  relative = 1e-9,
  absolute = 1e-11,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const tolerance = absolute + relative * Math.abs(expected[i]);
    if (Math.abs(actual[i] - expected[i]) <= tolerance || Object.is(actual[i], expected[i])) continue;
    expect.fail(`element ${i}: expected ${expected[i]} within ${tolerance}, got ${actual[i]}`);
  }
}
