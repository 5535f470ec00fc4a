import { backward, Generator, ones, parameter } from "@isograd/autograd";
import { Dropout } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("Dropout", () => {
  it("sets the given share to 0 and keeps the mean", () => {
    const layer = new Dropout({ probability: 0.3, generator: new Generator(1) });
    const values = layer.call(ones([100, 100])).values();
    const zeros = values.filter((value) => value === 0).length;
    expect(Math.abs(zeros - 3000)).toBeLessThan(5 * Math.sqrt(2100));
    expect([...new Set(values)].sort()).toEqual([0, Math.fround(1 / 0.7)]);
  });

  it("draws a new mask at each call, and lets the gradient through where it let the signal", () => {
    const layer = new Dropout({ generator: new Generator(1) });
    const x = parameter(ones([4, 4]));
    const output = layer.call(x);
    expect(layer.call(x).toArray()).not.toEqual(output.toArray());
    backward(output, { cotangent: ones([4, 4]) });
    expect(x.grad?.toArray()).toEqual(output.toArray());
  });

  it("does nothing in evaluation or at 0, and lets nothing through at 1", () => {
    const x = ones([3]);
    expect(new Dropout().eval().call(x)).toBe(x);
    expect(new Dropout({ probability: 0 }).call(x)).toBe(x);
    expect(new Dropout({ probability: 1 }).call(x).toArray()).toEqual([0, 0, 0]);
    expect(() => new Dropout({ probability: 1.1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Dropout: expected a probability within [0, 1], got 1.1]`,
    );
  });
});
