import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { batchOf, DigitBatches } from "../../../demo/data/batches.ts";
import { readMnist } from "../../../demo/data/mnist.ts";

const digits = {
  count: 7,
  pixels: 2,
  images: Uint8Array.from({ length: 14 }, (_, k) => 18 * k),
  labels: Uint8Array.from([3, 1, 4, 1, 5, 9, 2]),
};

describe("batchOf", () => {
  it("takes the rows that are asked for", () => {
    const { inputs, targets } = batchOf(digits, [6, 0]);
    expect(inputs.shape).toEqual([2, 2]);
    expect(targets.toArray()).toEqual([2, 3]);
    const [black] = batchOf(digits, [0]).inputs.values();
    expect(black).toBeCloseTo(-0.1307 / 0.3081, 6);
    expect(inputs.values()[0]).toBeCloseTo(((18 * 12) / 255 - 0.1307) / 0.3081, 6);
  });

  it("makes MNIST's training images have mean 0 and deviation 1", () => {
    let [sum, squares, size] = [0, 0, 0];
    for (const { inputs } of new DigitBatches(readMnist(null).training, { batchSize: 1000 })) {
      for (const value of inputs.values()) {
        sum += value;
        squares += value * value;
      }
      size += inputs.size;
    }
    expect(sum / size).toBeCloseTo(0, 3);
    expect(squares / size).toBeCloseTo(1, 3);
  });
});

describe("DigitBatches", () => {
  const labelsOf = (batches: DigitBatches): number[][] =>
    [...batches].map(({ targets }) => Array.from(targets.values()));

  it("goes through all images in order, the last batch not full", () => {
    const batches = new DigitBatches(digits, { batchSize: 3 });
    expect(batches.length).toBe(3);
    expect(labelsOf(batches)).toEqual([[3, 1, 4], [1, 5, 9], [2]]);
  });

  it("draws a new order for each pass, from the first images only", () => {
    const options = { batchSize: 2, count: 5, generator: new Generator(1) };
    const batches = new DigitBatches(digits, options);
    expect(batches.length).toBe(2);
    const passes = Array.from({ length: 6 }, () => labelsOf(batches));
    for (const pass of passes) {
      expect(pass.map(({ length }) => length)).toEqual([2, 2]);
      expect([3, 1, 4, 1, 5]).toEqual(expect.arrayContaining(pass.flat()));
    }
    expect(new Set(passes.map(String)).size).toBeGreaterThan(1);
    const again = new DigitBatches(digits, { ...options, generator: new Generator(1) });
    expect(labelsOf(again)).toEqual(passes[0]);
  });
});
