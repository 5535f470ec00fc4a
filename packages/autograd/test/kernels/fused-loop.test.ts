import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, div, lt, maximum, mul, sqrt, square, sub, tanh, where } from "../../src/index.ts";
import { fusedLoop } from "../../src/kernels/fused-loop.ts";

type Floats = Float32Array | Float64Array;

/** Adam, amsgrad: four arrays in and four out, three of them in place. */
const adam = fusedLoop({ arrays: 5, numbers: 2 }, ([w, g, mean, power, largest], [rate, correction]) => {
  const first = add(mul(0.9, mean), mul(0.1, g));
  const second = add(mul(0.99, power), mul(0.01, square(g)));
  const most = maximum(largest, second);
  return [sub(w, div(mul(rate, first), add(mul(sqrt(most), correction), 1e-8))), first, second, most];
});

function adamByHand([w, g, mean, power, largest]: number[], rate: number, correction: number): number[] {
  const first = 0.9 * mean + 0.1 * g;
  const second = 0.99 * power + 0.01 * g * g;
  const most = Math.max(largest, second);
  return [w - (rate * first) / (Math.sqrt(most) * correction + 1e-8), first, second, most];
}

const waves = <A extends Floats>(like: new (length: number) => A, length: number, count: number): A[] =>
  Array.from({ length: count }, (_, k) => {
    const array = new like(length);
    for (let i = 0; i < length; i++) array[i] = k < 3 ? Math.sin(1 + i * (k + 1)) : Math.cos(i + k) ** 2;
    return array;
  });

const lengths = fc.constantFrom(0, 1, 2, 3, 5, 17, 255, 1023, 1024, 1027, 2048, 4099, 6151);

describe("fusedLoop", () => {
  it.each([
    [Float32Array, 1e-6],
    [Float64Array, 1e-14],
  ])("computes several results of %o, in place where it is told", (like, bound) => {
    fc.assert(
      fc.property(lengths, fc.boolean(), (length, inPlace) => {
        const arrays = waves<Floats>(like, length, 5);
        const before = arrays.map((array) => array.slice());
        const into = inPlace ? [null, ...arrays.slice(2)] : [];
        const results = adam(arrays, [0.01, 1.5], into);
        expect(results.map((array) => array.constructor)).toEqual(Array(4).fill(like));
        let worst = 0;
        for (let i = 0; i < length; i++) {
          const wanted = adamByHand(
            before.map((array) => array[i]),
            0.01,
            1.5,
          );
          wanted.forEach((value, k) => {
            worst = Math.max(worst, Math.abs(results[k][i] - value) / Math.max(1, Math.abs(value)));
          });
        }
        expect(worst).toBeLessThanOrEqual(bound);
        if (inPlace) for (const k of [1, 2, 3]) expect(results[k]).toBe(arrays[k + 1]);
        else expect(arrays).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it("gives an element the same result wherever it stands", () => {
    const same = fusedLoop({ arrays: 2, numbers: 1 }, ([x, y], [rate]) => [
      sub(x, mul(rate, tanh(y))),
      div(x, y),
    ]);
    for (const like of [Float32Array, Float64Array])
      for (const length of [3, 1025, 5003]) {
        const results = same([new like(length).fill(0.3), new like(length).fill(1.7)], [0.1]);
        for (const array of results) expect(new Set(array).size).toBe(1);
      }
  });

  it("passes NaN and infinities on, and truth values as numbers", () => {
    const loop = fusedLoop({ arrays: 1 }, ([x]) => [mul(2, x), lt(x, 0), where(lt(x, 0), 5, x)]);
    for (const padding of [0, 3000]) {
      const x = new Float32Array(4 + padding);
      x.set([Number.NaN, -1, Number.POSITIVE_INFINITY, 2]);
      expect(loop([x]).map((array) => [...array.subarray(0, 4)])).toEqual([
        [Number.NaN, -2, Number.POSITIVE_INFINITY, 4],
        [0, 1, 0, 0],
        [Number.NaN, 5, Number.POSITIVE_INFINITY, 2],
      ]);
    }
  });

  it("takes results that are an input, a number, or the same", () => {
    const loop = fusedLoop({ arrays: 2, numbers: 1 }, ([x, y], [n]) => [y, x, 7, n, x]);
    for (const length of [2, 2000]) {
      const [x, y] = [new Float64Array(length).fill(1), new Float64Array(length).fill(2)];
      expect(loop([x, y], [3], [x, y]).map((array) => array[length - 1])).toEqual([2, 1, 7, 3, 1]);
    }
  });

  it("refuses arrays that do not fit", () => {
    const loop = fusedLoop({ arrays: 2, numbers: 1 }, ([x, y], [n]) => [add(x, mul(y, n))]);
    const [two, three] = [new Float32Array(2), new Float32Array(3)];
    expect(() => loop([two], [1])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fusedLoop: expected 2 arrays and 1 numbers, got [[Float32Array], [1]]]`,
    );
    expect(() => loop([two, two])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fusedLoop: expected 2 arrays and 1 numbers, got [[Float32Array, Float32Array], []]]`,
    );
    expect(() => loop([two, three], [1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fusedLoop: expected arrays of one length, got [2] and [3]]`,
    );
    expect(() => loop([two, two], [1], [three])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fusedLoop: expected arrays of one length, got [2] and [3]]`,
    );
    expect(() => loop<Floats>([two, new Float64Array(2)], [1])).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: fusedLoop: expected one element type, got f32 and f64]`,
    );
  });
});
