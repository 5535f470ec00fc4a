import { gemm } from "../gemm.ts";
import { factorLu, identity, solveLu } from "./lu.ts";

/** The coefficients of the numerator of the Padé approximant of order 13; the denominator's alternate in sign. */
const pade = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];

/** Up to this norm the approximant is exact to rounding. */
const largestNorm = 5.371920351148152;

/**
 * The exponential of A [n, n]: scaled by a power of two, approximated by a quotient of polynomials, squared back.
 *
 * @see Higham 2005, "The scaling and squaring method for the matrix exponential revisited"
 */
export function exponential(a: Float64Array, n: number): Float64Array {
  const norm = largestColumnSum(a, n);
  if (!Number.isFinite(norm)) return new Float64Array(n * n).fill(Number.NaN);
  const squarings = norm > largestNorm ? Math.ceil(Math.log2(norm / largestNorm)) : 0;
  const x = a.map((value) => value / 2 ** squarings);
  const x2 = product(x, x, n);
  const x4 = product(x2, x2, n);
  const x6 = product(x4, x2, n);
  const unit = identity(n);
  const combine = (c6: number, c4: number, c2: number, c0: number): Float64Array =>
    x6.map((value, k) => c6 * value + c4 * x4[k] + c2 * x2[k] + c0 * unit[k]);
  const half = (parity: number): Float64Array => {
    const high = product(x6, combine(pade[12 + parity], pade[10 + parity], pade[8 + parity], 0), n);
    const low = combine(pade[6 + parity], pade[4 + parity], pade[2 + parity], pade[parity]);
    return high.map((value, k) => value + low[k]);
  };
  const odd = product(x, half(1), n);
  const even = half(0);
  let result: Float64Array = even.map((value, k) => value + odd[k]);
  const denominator = even.map((value, k) => value - odd[k]);
  const pivots = new Int32Array(n);
  factorLu(denominator, n, n, pivots);
  solveLu(denominator, n, pivots, result, n);
  for (let k = 0; k < squarings; k++) result = product(result, result, n);
  return result;
}

/**
 * The derivative of the exponential at A along D [n, n]: what stands in the upper right of the exponential of [[A, D], [0, A]].
 *
 * D is scaled by a power of two first: however large, it costs A no digits.
 *
 * @see Al-Mohy and Higham 2009, "Computing the Fréchet derivative of the matrix exponential"
 */
export function exponentialAlong(a: Float64Array, d: Float64Array, n: number): Float64Array {
  const norm = largestColumnSum(d, n);
  const scale = norm > 0 && Number.isFinite(norm) ? 2 ** Math.ceil(Math.log2(norm)) : 1;
  const block = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      block[i * 2 * n + j] = a[i * n + j];
      block[(n + i) * 2 * n + n + j] = a[i * n + j];
      block[i * 2 * n + n + j] = d[i * n + j] / scale;
    }
  }
  const whole = exponential(block, 2 * n);
  return Float64Array.from(
    { length: n * n },
    (_, k) => whole[Math.floor(k / n) * 2 * n + n + (k % n)] * scale,
  );
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  const matrix = (data: Float64Array) => ({ data, offset: 0, rowStride: n, columnStride: 1 });
  gemm(n, n, n, matrix(a), matrix(b), out, 0);
  return out;
}

function largestColumnSum(a: Float64Array, n: number): number {
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sums[j] += Math.abs(a[i * n + j]);
  return sums.reduce((largest, sum) => Math.max(largest, sum), 0);
}
