import {
  backward,
  expand,
  fromData,
  Generator,
  matmul,
  mean,
  mul,
  onGradient,
  parameter,
  randn,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from "@isograd/autograd";
import { type WatchOptions, watch } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { sumOfSquares } from "../../../src/statistics.ts";
import { roughSquareOf } from "../../../src/watch/record/gradient-square.ts";

const generator = new Generator("squares");
const filled = (rows: number, columns: number, at: (k: number) => number): Tensor =>
  tensor(
    Float64Array.from({ length: rows * columns }, (_, k) => at(k)),
    { shape: [rows, columns] },
  );

it.each([[], [5], [8], [31, 33]])("is that of all numbers of a small gradient: %i, %i", (...shape) => {
  const small = randn(generator, shape);
  expect(roughSquareOf(small) / sumOfSquares(small)).toBeCloseTo(1, 12);
});

it.each([
  [64, 64],
  [128, 784],
  [300, 7],
  [250, 9],
])("is some hundredths off for [%i, %i], in whatever order it lies", (rows, columns) => {
  // As in a layer: what comes back to a unit times what goes in.
  const gradient = mul(randn(generator, [rows, 1]), randn(generator, [1, columns]));
  const ratio = Math.sqrt(roughSquareOf(gradient) / sumOfSquares(gradient));
  expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  expect(ratio).not.toBe(1);
  expect(roughSquareOf(transpose(gradient))).toBe(roughSquareOf(gradient));
});

it("is exact where all numbers are alike, and the same in any unit", () => {
  expect(roughSquareOf(filled(64, 96, () => 3))).toBe(9 * 6144);
  const gradient = randn(generator, [64, 96]);
  const scaled = roughSquareOf(mul(gradient, 2 ** -20));
  expect(scaled).toBe(2 ** -40 * roughSquareOf(gradient));
});

it.each([96, 16])("looks at all rows of %i numbers, and at most columns", (width) => {
  const seen = (isMarked: (k: number) => boolean): boolean =>
    Math.abs(roughSquareOf(filled(64, width, (k) => (isMarked(k) ? 1e3 : 1))) / (64 * width) - 1) > 0.1;
  const rows = Array.from({ length: 64 }, (_, row) => seen((k) => Math.floor(k / width) === row));
  const columns = Array.from({ length: width }, (_, column) => seen((k) => k % width === column));
  expect(rows).not.toContain(false);
  expect(columns).not.toContain(false);
});

describe("adds up all numbers", () => {
  const all = (gradient: Tensor): void => expect(roughSquareOf(gradient)).toBe(sumOfSquares(gradient));

  it("where the sample holds nothing but zeros: a gradient may live in a corner, or be none", () => {
    const corner = filled(64, 64, (k) => (k === 9 ? 2 : 0));
    expect(roughSquareOf(corner)).toBe(4);
    all(filled(64, 64, () => 0));
  });

  it("where it holds a number that is not finite, or numbers as large as that others overflow", () => {
    expect(roughSquareOf(filled(64, 64, (k) => (k === 0 ? Number.NaN : 1)))).toBeNaN();
    const beside = (large: number): number =>
      roughSquareOf(filled(64, 64, (k) => (k === 9 ? Number.POSITIVE_INFINITY : large)));
    expect([beside(1.1e15), beside(0.9e15) < 1e34]).toEqual([Number.POSITIVE_INFINITY, true]);
  });

  it("where numbers stand for several", () => {
    all(expand(randn(generator, [64, 1]), [64, 64]));
  });
});

it("reads a thousand numbers at most, however many there are", () => {
  const readOf = (rows: number): number => {
    const gradient = filled(rows, 256, () => 1);
    let read = 0;
    gradient.data = new Proxy(gradient.data, {
      get: (data, key) => {
        if (typeof key === "string" && /^\d+$/.test(key)) read++;
        return Reflect.get(data, key, data);
      },
    });
    roughSquareOf(gradient);
    return read;
  };
  for (const rows of [8, 64, 512]) expect(readOf(rows)).toBeLessThan(1024);
  expect(readOf(2)).toBe(512);
});

it("asks to be told of operations at steps at which the layers are looked at alone, and of nothing where the budget is spent", () => {
  const asked = (options: WatchOptions): string[] => {
    const weight = parameter([[1], [2]]);
    using watcher = watch(options);
    return Array.from({ length: 5 }, () => {
      const { operation, cotangent } = watcher;
      backward(sum(matmul(tensor([[1, 2]]), weight)));
      return operation !== undefined ? "all" : cotangent !== undefined ? "gradients" : "loss";
    });
  };
  expect(asked({ unitsEvery: 3 })).toEqual(["all", "gradients", "gradients", "all", "gradients"]);
  expect(asked({ budget: 1e-9 })).toEqual(["all", "loss", "loss", "loss", "loss"]);
});

describe("a watcher", () => {
  /** What is seen of a matrix that is trained, and its true gradient norms; in one step a number of its gradient is not finite. */
  function train(broken: { readonly step: number; readonly place: number } | null) {
    const weight = parameter(randn(new Generator("watched"), [64, 64]));
    const norms: number[] = [];
    let step = 0;
    onGradient(weight, (gradient) => {
      norms.push(Math.sqrt(sumOfSquares(gradient)));
      if (step !== broken?.step) return gradient;
      const values = gradient.values().slice();
      values[broken.place] = Number.NaN;
      return fromData(values, gradient.shape);
    });
    using watcher = watch({ unitsEvery: 2 });
    for (; step < 4; step++) {
      weight.grad = null;
      backward(mean(square(matmul(randn(generator, [16, 64]), weight))));
      weight.assign(sub(weight, mul(0.1, weight.grad ?? 0)).detach());
    }
    return { watcher, norms };
  }

  it("tells the exact norm where it looks at the layers, and nearly that at the steps between", () => {
    const { watcher, norms } = train(null);
    const ratios = watcher.history.map(({ gradientNorm }, step) => gradientNorm / norms[step]);
    expect(ratios.map((ratio) => Math.abs(ratio - 1) < 1e-12)).toEqual([true, false, true, false]);
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
  });

  it.each([
    { place: 0, found: 1 },
    { place: 9, found: 2 },
  ])(
    "finds a gradient that is not finite at $place when its sample or the loss shows it",
    ({ place, found }) => {
      const { watcher } = train({ step: 1, place });
      expect(watcher.findings.map(({ finding, step }) => [finding.fault, step])).toContainEqual([
        "nonFinite",
        found,
      ]);
    },
  );
});
