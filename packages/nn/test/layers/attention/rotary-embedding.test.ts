import { Generator, matmul, randn, slice, type Tensor, transpose, zeros } from "@isograd/autograd";
import { RotaryEmbedding } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const drawn = (name: string, ...shape: number[]): Tensor => randn(new Generator(name), shape, "f64");

/** Turns the complex number of features a and b by position · base^(-2i/features). */
function turned(
  x: Tensor,
  a: number,
  b: number,
  pair: number,
  position: number,
  base: number,
): [number, number] {
  const [, features] = x.shape;
  const row = x.values().slice(position * features, (position + 1) * features);
  const radius = Math.hypot(row[a], row[b]);
  const angle = Math.atan2(row[b], row[a]) + position * base ** ((-2 * pair) / features);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

describe("RotaryEmbedding", () => {
  it("turns pairs as complex numbers, neighbours or halves", () => {
    const x = drawn("x", 7, 6);
    for (const [interleaved, pairs] of [
      [
        true,
        [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
      ],
      [
        false,
        [
          [0, 3],
          [1, 4],
          [2, 5],
        ],
      ],
    ] as const) {
      const result = new RotaryEmbedding({ features: 6, base: 100, interleaved }).call(x).values();
      for (let position = 0; position < 7; position++) {
        for (const [pair, [a, b]] of pairs.entries()) {
          const [real, imaginary] = turned(x, a, b, pair, position, 100);
          expect(result[position * 6 + a]).toBeCloseTo(real, 12);
          expect(result[position * 6 + b]).toBeCloseTo(imaginary, 12);
        }
      }
    }
  });

  it("makes products depend on how far apart two positions are, not on where they are", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.boolean(), (offset, interleaved) => {
        const layer = new RotaryEmbedding({ features: 4, interleaved });
        const [q, k] = [drawn("q", 3, 4), drawn("k", 3, 4)];
        const products = (from: number): number[] => [
          ...matmul(layer.call(q, from), transpose(layer.call(k, from))).values(),
        ];
        const moved = products(offset);
        products(0).forEach((product, i) => {
          expect(moved[i]).toBeCloseTo(product, 10);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("continues a sequence where it was left", () => {
    const layer = new RotaryEmbedding({ features: 4 });
    const x = drawn("x", 2, 5, 4);
    const rest = layer.call(slice(x, 1, { start: 3, end: 5 }), 3);
    expect(rest.toArray()).toEqual(slice(layer.call(x), 1, { start: 3, end: 5 }).toArray());
  });

  it("says what does not fit", () => {
    expect(() => new RotaryEmbedding({ features: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: RotaryEmbedding: expected an even number of features, got 3]`,
    );
    expect(() => new RotaryEmbedding({ features: 4 }).call(zeros([2, 6]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: RotaryEmbedding: expected [..., length, 4], got [2, 6]]`,
    );
  });
});
