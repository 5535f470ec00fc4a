import { Generator, type Tensor, tensor } from "../../src/index.ts";

/** Ordinary points, points close to the kinks at 0, the kinks at whole numbers themselves, and points far out. */
export function points(seed: number, count: number): number[] {
  const generator = new Generator(seed);
  const draws = new Float64Array(3 * count);
  generator.fillUniform(draws);
  return Array.from({ length: count }, (_, k) => {
    const [kind, size, place] = draws.subarray(3 * k, 3 * k + 3);
    if (kind < 0.6) return 6 * (place - 0.5);
    if (kind < 0.75) return 2 * (place - 0.5) * 10 ** (-9 * size);
    return kind < 0.85 ? Math.round(8 * (place - 0.5)) : 60 * (place - 0.5);
  });
}

/** Square matrices: of ordinary numbers, of small whole ones with their ties and zeros, of numbers of all sizes. */
export function matrices(seed: number, count: number, extent = 3): Tensor[] {
  const generator = new Generator(seed);
  return Array.from({ length: count }, (_, k) => {
    const values = new Float64Array(extent * extent);
    generator.fillNormal(values);
    const kind = k % 5;
    const shaped = values.map((value) =>
      kind < 3 ? value : kind === 3 ? Math.round(2 * value) : value * 10 ** Math.round(value),
    );
    return tensor(shaped, { shape: [extent, extent], dtype: "f64" });
  });
}
