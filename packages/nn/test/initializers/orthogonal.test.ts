import { Generator } from "@isograd/autograd";
import { orthogonal } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draw } from "./draws.ts";

describe("orthogonal", () => {
  const extent = fc.integer({ min: 1, max: 12 });

  it("has orthonormal rows, or columns where there are fewer", () => {
    fc.assert(
      fc.property(
        extent,
        extent,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 100, max: 3000 }),
        (rows, width, kernel, thousandths) => {
          const gain = thousandths / 1000;
          const columns = width * kernel;
          const values = draw(orthogonal({ gain }), { shape: [rows, width, kernel] }).values();
          const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
          const at = (i: number, j: number) =>
            rows <= columns ? values[i * columns + j] : values[j * columns + i];
          for (let i = 0; i < count; i++) {
            for (let k = 0; k <= i; k++) {
              let product = 0;
              for (let j = 0; j < length; j++) product += at(i, j) * at(k, j);
              expect(product).toBeCloseTo(i === k ? gain ** 2 : 0, 10);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("stays orthogonal to rounding where Gaussian rows are nearly dependent", () => {
    const values = draw(orthogonal(), { shape: [64, 64] }).values();
    let worst = 0;
    for (let i = 0; i < 64; i++) {
      for (let k = 0; k <= i; k++) {
        let product = 0;
        for (let j = 0; j < 64; j++) product += values[i * 64 + j] * values[k * 64 + j];
        worst = Math.max(worst, Math.abs(product - (i === k ? 1 : 0)));
      }
    }
    expect(worst).toBeLessThan(1e-14);
  });

  it("is uniform: no entry prefers a sign", () => {
    let positive = 0;
    const generator = new Generator(1);
    for (let k = 0; k < 1000; k++)
      if (draw(orthogonal(), { shape: [3, 3], generator }).values()[0] > 0) positive++;
    expect(Math.abs(positive - 500)).toBeLessThan(5 * Math.sqrt(250));
  });

  it("asks for a matrix", () => {
    expect(() => draw(orthogonal(), { shape: [3] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: orthogonal: expected a weight [out, in, ...kernel], got [3]]`,
    );
  });
});
