import { describe, expect, it } from "vitest";
import { valuesOf } from "../../workloads/values.ts";
import { constant, data, labels, parameter } from "../../workloads/workload.ts";

describe("the values of inputs", () => {
  it("are what PyTorch's side computes for itself", () => {
    // from `load` in contenders/pytorch.py
    expect([...valuesOf(data([3], 1, "f64"), 1)]).toEqual([
      0.46224020328372717, -0.8918855399824679, 0.04418421955779195,
    ]);
    expect([...valuesOf(labels(5, 10), 0)]).toEqual([0, 6, 4, 6, 6]);
  });

  it("fill their range evenly", () => {
    const values = valuesOf(parameter([10_000], 2), 0);
    expect(Math.max(...values)).toBeGreaterThan(1.99);
    expect(Math.min(...values)).toBeLessThan(-1.99);
    let sum = 0;
    for (const value of values) sum += value;
    expect(Math.abs(sum / 10_000)).toBeLessThan(0.05);
  });

  it("differ from input to input", () => {
    expect(valuesOf(data([4]), 0)).not.toEqual(valuesOf(data([4]), 1));
    expect([...valuesOf(constant([2], 3), 1)]).toEqual([3, 3]);
  });
});
