import { describe, expect, it } from "vitest";
import { checkGradients, describeReport, tensor, vmap } from "../../../src/index.ts";
import { delayed, recurrence, type Scan } from "../../../src/ops/reductions/recurrence.ts";
import type { Tensor } from "../../../src/tensor.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/reductions/recurrence");

const forward: Scan = { axis: 0, reverse: false };
const backward: Scan = { axis: 0, reverse: true };

describe("a linear recurrence", () => {
  const [a, b] = [tensor([9, 2, 3]), tensor([1, 1, 5])];

  it("runs in either direction, and reads no factor before the first term", () => {
    expect(recurrence(a, b, forward).toArray()).toEqual([1, 3, 14]);
    expect(recurrence(a, b, backward).toArray()).toEqual([100, 11, 5]);
    expect(recurrence(tensor([Number.NaN, 2, 3]), b, forward).toArray()).toEqual([1, 3, 14]);
  });

  it.each([forward, backward])("has the derivatives that differences confirm: %j", (scan) => {
    const report = checkGradients(
      ([x, y]: readonly Tensor[]) => recurrence(x, y, scan),
      [numbers([4, 2]), numbers([4, 2])],
    );
    expect(report.ok, describeReport(report)).toBe(true);
  });

  it("maps over examples of one operand, or of both", () => {
    const rows = tensor([
      [1, 1, 5],
      [2, 0, 1],
    ]);
    expect(vmap((y: Tensor) => recurrence(a, y, forward))(rows).toArray()).toEqual([
      [1, 3, 14],
      [2, 4, 13],
    ]);
    expect(vmap((x: Tensor) => recurrence(x, b, forward))(rows).toArray()).toEqual([
      [1, 2, 15],
      [1, 1, 6],
    ]);
    expect(vmap((x: Tensor, y: Tensor) => recurrence(x, y, forward))(rows, rows).toArray()).toEqual([
      [1, 2, 15],
      [2, 0, 1],
    ]);
  });
});

it("delays by one place in the direction of a scan", () => {
  expect(delayed(tensor([1, 2, 3]), forward).toArray()).toEqual([0, 1, 2]);
  expect(delayed(tensor([1, 2, 3]), backward, 7).toArray()).toEqual([2, 3, 7]);
  expect(delayed(tensor([]), forward).shape).toEqual([0]);
});
