import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Convolution, Convolver } from "../../src/kernels/convolution.ts";
import type { MatrixData } from "../../src/kernels/matrix.ts";
import { MatrixMultiplier } from "../../src/kernels/matrix-multiplier.ts";
import { Arena } from "../../src/kernels/wasm/arena.ts";
import { sizeOf } from "../../src/shape.ts";
import { integersFrom } from "./matrices.ts";
import { host } from "./wasm/assembler/run-term.ts";

type Numbers = new (length: number) => MatrixData;

/** Calls `visit` for each product that a convolution is the sum of, with the positions of image, filter and result. */
function eachProduct(
  { slides, batch, channels, filters, groups }: Convolution,
  visit: (image: number, filter: number, result: number) => void,
): void {
  const places = (extents: readonly number[]): number[][] =>
    extents.reduce<number[][]>(
      (found, extent) => found.flatMap((place) => Array.from({ length: extent }, (_, k) => [...place, k])),
      [[]],
    );
  const within = channels / groups;
  const windows = places(slides.map(({ count }) => count));
  const elements = places(slides.map(({ size }) => size));
  const volume = sizeOf(slides.map(({ extent }) => extent));
  /** Where in an image an element of a window lies, if it does. */
  const spots = windows.map((window) =>
    elements.map((element) =>
      slides.reduce((at, { extent, stride, dilation, before }, axis) => {
        const position = window[axis] * stride + element[axis] * dilation - before;
        return position < 0 || position >= extent ? Number.NaN : at * extent + position;
      }, 0),
    ),
  );
  for (const [n, f, c] of places([batch, filters, within])) {
    const channel = n * channels + Math.floor(f / (filters / groups)) * within + c;
    for (let w = 0; w < windows.length; w++) {
      for (let e = 0; e < elements.length; e++) {
        const spot = spots[w][e];
        if (Number.isNaN(spot)) continue;
        visit(
          channel * volume + spot,
          (f * within + c) * elements.length + e,
          (n * filters + f) * windows.length + w,
        );
      }
    }
  }
}

/** Whole numbers, so that every order of summation gives the same, and all three results by their definition. */
function task(work: Convolution, Data: Numbers) {
  const { slides, batch, channels, filters, groups } = work;
  const next = integersFrom(7, 5);
  const depth = (channels / groups) * sizeOf(slides.map(({ size }) => size));
  const make = (length: number): MatrixData => new Data(length).map(next) as MatrixData;
  const x = make(batch * channels * sizeOf(slides.map(({ extent }) => extent)));
  const weight = make(filters * depth);
  const found = make(batch * filters * sizeOf(slides.map(({ count }) => count)));
  const bias = new Data(filters).map(() => next() || 1) as MatrixData;
  const expected = {
    forward: new Data(found.length),
    biased: new Data(found.length),
    toImages: new Data(x.length),
    toFilters: new Data(weight.length),
  };
  eachProduct(work, (image, filter, result) => {
    expected.forward[result] += x[image] * weight[filter];
    expected.toImages[image] += found[result] * weight[filter];
    expected.toFilters[filter] += found[result] * x[image];
  });
  const windows = sizeOf(slides.map(({ count }) => count));
  for (let k = 0; k < found.length; k++)
    expected.biased[k] = expected.forward[k] + bias[Math.floor(k / windows) % filters];
  const step = (filters / groups) * depth;
  const matrices = (transposed: boolean) => ({
    data: weight,
    offset: 0,
    rowStride: transposed ? 1 : depth,
    columnStride: transposed ? depth : 1,
    batchStrides: [step],
  });
  const results = (convolver: Convolver) => {
    const computed = {
      forward: new Data(found.length).fill(9),
      biased: new Data(found.length).fill(9),
      toImages: new Data(x.length).fill(9),
      toFilters: new Data(weight.length).fill(9),
    };
    convolver.forward(work, x, matrices(false), computed.forward);
    convolver.forward(work, x, matrices(false), computed.biased, bias);
    convolver.toImages(work, found, matrices(true), computed.toImages);
    convolver.toFilters(work, x, found, computed.toFilters);
    return computed;
  };
  return { expected, results };
}

const convolverOf = (arena: Arena | null): Convolver => {
  const multiplier = new MatrixMultiplier(() => arena);
  return new Convolver(
    () => arena,
    (...operands) => multiplier.batchedGemm(...operands),
    0,
  );
};

const arena = new Arena(host);
const [plain, fast] = [convolverOf(null), convolverOf(arena)];

const slide = fc
  .record({
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    before: fc.integer({ min: 0, max: 2 }),
    count: fc.integer({ min: 1, max: 9 }),
    /** How far the image goes on behind the last window; less than nothing where that reaches beyond. */
    behind: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ behind, ...slide }) => {
    const reach = (slide.count - 1) * slide.stride + slide.dilation * (slide.size - 1) + 1;
    return { ...slide, extent: Math.max(1, reach - slide.before + behind) };
  });

const works = fc
  .tuple(
    fc.array(slide, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 2 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(
    ([slides, batch, channels, filters, groups]): Convolution => ({
      slides,
      batch,
      channels: channels * groups,
      filters: filters * groups,
      groups,
    }),
  )
  .filter(({ slides }) => sizeOf(slides.map(({ size, count }) => size * count)) < 600);

describe.each([
  ["f32", Float32Array],
  ["f64", Float64Array],
] as const)("for %s", (_, Data) => {
  it("plain loops and kernels agree with the definition, for all windows", () => {
    fc.assert(
      fc.property(works, (work) => {
        const { expected, results } = task(work, Data);
        expect(results(plain)).toEqual(expected);
        expect(results(fast)).toEqual(expected);
      }),
    );
  });

  it("cuts what has many windows: batches between images, images between rows, and rows", () => {
    const side = { stride: 1, dilation: 1, before: 1 };
    const square = (extent: number) => ({ ...side, extent, size: 3, count: extent });
    const works: Convolution[] = [
      { slides: [square(20), square(21)], batch: 19, channels: 2, filters: 3, groups: 1 },
      { slides: [square(130), square(119)], batch: 1, channels: 2, filters: 3, groups: 1 },
      { slides: [square(44_001)], batch: 1, channels: 1, filters: 3, groups: 1 },
      { slides: [square(130), square(119)], batch: 2, channels: 4, filters: 4, groups: 4 },
    ];
    for (const work of works) {
      const { expected, results } = task(work, Data);
      const computed = results(fast);
      for (const name of ["forward", "biased", "toImages", "toFilters"] as const)
        expect([name, computed[name].findIndex((value, k) => value !== expected[name][k])]).toEqual([
          name,
          -1,
        ]);
    }
  });
});

it("computes with whole numbers", () => {
  const slides = [{ extent: 4, size: 2, stride: 1, dilation: 1, before: 0, count: 3 }];
  const { expected, results } = task({ slides, batch: 2, channels: 2, filters: 3, groups: 1 }, Int32Array);
  expect(results(fast)).toEqual(expected);
});

it("takes what is empty: no images, no channels, no filters", () => {
  const slides = [{ extent: 3, size: 2, stride: 1, dilation: 1, before: 0, count: 2 }];
  for (const part of ["batch", "channels", "filters"]) {
    const work = { slides, batch: 2, channels: 2, filters: 2, groups: 1, [part]: 0 };
    const { expected, results } = task(work, Float32Array);
    expect(results(fast)).toEqual(expected);
    expect(results(plain)).toEqual(expected);
  }
});

it("lets NaN and infinity of a weight meet the zeros around an image", () => {
  const slides = [{ extent: 2, size: 3, stride: 1, dilation: 1, before: 1, count: 2 }];
  const work = { slides, batch: 1, channels: 1, filters: 2, groups: 1 };
  for (const convolver of [plain, fast]) {
    const out = new Float64Array(4);
    const data = Float64Array.of(Number.NaN, 1, 2, 1, 2, Infinity);
    const weight = { data, offset: 0, rowStride: 3, columnStride: 1, batchStrides: [6] };
    convolver.forward(work, Float64Array.of(5, 7), weight, out);
    expect([...out]).toEqual([Number.NaN, Number.NaN, Infinity, Number.NaN]);
  }
});

it("needs room for a few windows, not for those of the whole batch", () => {
  const own = new Arena(host);
  const side = { extent: 64, size: 3, stride: 1, dilation: 1, before: 1, count: 64 };
  const work = { slides: [side, side], batch: 16, channels: 16, filters: 1, groups: 1 };
  const input = new Float32Array(16 * 16 * 64 * 64);
  const weight = {
    data: new Float32Array(144),
    offset: 0,
    rowStride: 144,
    columnStride: 1,
    batchStrides: [0],
  };
  convolverOf(own).forward(work, input, weight, new Float32Array(16 * 64 * 64));
  expect(own.memory.buffer.byteLength).toBeLessThan(input.byteLength);
});
