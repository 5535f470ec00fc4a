import { jackknifeError } from "./estimate.ts";

/** What the gradients of groups say of the gradient of an example, in units of the loss over those of the parameters, squared. */
export interface NoiseStatistics {
  /** |G|², the squared norm of the expected gradient, without bias: it may come out negative where noise hides the gradient. */
  readonly signal: number;
  /** tr Σ, the summed variance of the gradient of one example. */
  readonly noise: number;
  /** tr Σ/|G|² in examples: the batch whose gradient has as much noise as signal. Infinite where |G|² does not come out positive; NaN without noise and signal. */
  readonly noiseScale: number;
  /** Of the noise scale, by the jackknife over the groups. */
  readonly standardError: number;
  /** |G|²/tr Σ of one example. */
  readonly signalToNoise: number;
}

/**
 * @param products [n · n], of the gradients with each other
 * @param n        how many groups, at least two
 * @param size     examples in each
 */
export function noiseStatistics(products: Float64Array, n: number, size: number): NoiseStatistics {
  const rowSums = Array.from({ length: n }, (_, i) => sumOf(products.subarray(i * n, i * n + n)));
  const squares = Array.from({ length: n }, (_, i) => products[i * n + i]);
  const [whole, diagonal] = [sumOf(rowSums), sumOf(squares)];
  const all = fromSums(whole, diagonal, n, size);
  const left = rowSums.map((rowSum, i) =>
    fromSums(whole - 2 * rowSum + squares[i], diagonal - squares[i], n - 1, size),
  );
  return {
    ...all,
    noiseScale: scaleOf(all),
    standardError: n < 3 ? Number.NaN : jackknifeError(left.map(scaleOf)),
    signalToNoise: all.signal / all.noise,
  };
}

interface Sums {
  readonly signal: number;
  readonly noise: number;
}

/** @param whole Σ Σ gᵢ·gⱼ; `diagonal` Σ |gᵢ|² */
function fromSums(whole: number, diagonal: number, n: number, size: number): Sums {
  const meanSquare = whole / (n * n);
  // What equal gradients leave of the difference is rounding.
  const variance = Math.max(0, (diagonal - n * meanSquare) / (n - 1));
  return { signal: meanSquare - variance / n, noise: size * variance };
}

export const scaleOf = ({ signal, noise }: Sums): number =>
  signal > 0 || Number.isNaN(signal) || (signal === 0 && noise === 0)
    ? noise / signal
    : Number.POSITIVE_INFINITY;

const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
};
