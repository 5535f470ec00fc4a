import { fromData, type Tensor } from "@isograd/autograd";
import { WeightAverage } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

const set = (w: Tensor, ...values: number[]): void => w.assign(fromData(Float64Array.from(values), w.shape));

describe("WeightAverage", () => {
  it("keeps the share `decay` of the average, and begins with the first value", () => {
    const w = withGradient([100], [0]);
    const average = new WeightAverage([w], { decay: 0.75 });
    for (const value of [4, 8, 0]) {
      set(w, value);
      average.update();
    }
    expect(average.state.values[0]).toEqual(Float64Array.of(0.75 * 5));
    expect(w.toArray()).toEqual([0]);
  });

  it("is the mean of all values without decay", () => {
    const [v, w] = [withGradient([0, 0], [0, 0]), withGradient([0], [0])];
    const average = new WeightAverage([v, w], { decay: null });
    for (const value of [1, 4, 10]) {
      set(v, value, -value);
      set(w, value * value);
      average.update();
    }
    expectNumbers(average.state.values[0], [5, -5], 1e-15);
    expectNumbers(average.state.values[1], [39], 1e-15);
  });

  it("averages over few values at first with warmup", () => {
    const w = withGradient([0], [0]);
    const average = new WeightAverage([w], { warmup: true });
    for (const value of [0, 1, 1]) {
      set(w, value);
      average.update();
    }
    const first = 1 - 2 / 11;
    expectNumbers(average.state.values[0], [first + (1 - 3 / 12) * (1 - first)], 1e-15);
  });

  it("is swapped in and out, bit for bit, and takes no update meanwhile", () => {
    const w = withGradient([1, 2], [0, 0]);
    const average = new WeightAverage([w], { decay: 0.5 });
    average.update();
    set(w, 3, 4);
    average.update();
    average.swap();
    expect(w.toArray()).toEqual([2, 3]);
    expect(() => average.update()).toThrow(/not swapped in/);
    average.swap();
    expect(w.toArray()).toEqual([3, 4]);
    average.update();
    expect(average.state.values[0]).toEqual(Float64Array.of(2.5, 3.5));
  });

  it("is in the parameters during a call, however it ends", async () => {
    const w = withGradient([1], [0]);
    const average = new WeightAverage([w]);
    average.update();
    set(w, 5);
    expect(average.during(() => w.item())).toBe(1);
    expect(w.item()).toBe(5);
    expect(() =>
      average.during(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(w.item()).toBe(5);
    const waiting = average.during(async () => {
      await Promise.resolve();
      return w.item();
    });
    expect(w.item()).toBe(1);
    expect(await waiting).toBe(1);
    expect(w.item()).toBe(5);
    await expect(average.during(() => Promise.reject(new Error("later")))).rejects.toThrow("later");
    expect(w.item()).toBe(5);
  });

  it("goes on from a copy of its state, for the parameters of a copy", () => {
    const [v, w] = [withGradient([1], [0]), withGradient([7], [0])];
    const average = new WeightAverage([v], { decay: 0.9 });
    average.update();
    const copy = average.cloneFor([w]);
    set(v, 7);
    average.update();
    copy.update();
    expect(copy.state).toEqual(average.state);
    expect(() => new WeightAverage([v], { decay: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: WeightAverage: expected decay within [0, 1], got 1.5]`,
    );
  });
});
