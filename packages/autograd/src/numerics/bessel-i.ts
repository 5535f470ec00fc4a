/**
 * The modified Bessel function Iₙ(x) of the first kind, whole n, I₋ₙ = Iₙ. Within 10 ulp for |n| <= 3 (measured).
 *
 * @see NIST Digital Library of Mathematical Functions, 10.25.2 and 10.40.1; torch.special.i0, torch.special.i1
 */
export function besselI(order: number, x: number): number {
  const [n, size] = [Math.abs(order), Math.abs(x)];
  if (size === Infinity) return n % 2 === 1 ? x : size;
  const half = Math.exp(size / 2); // the whole exponential overflows before the function does
  const value = isSeriesBetter(n, size) ? powerSeries(n, size) : half * (half * asymptoticSeries(n, size));
  return x < 0 && n % 2 === 1 ? -value : value;
}

/**
 * e^(-|x|) Iₙ(x), whole n. Within 8 ulp for |n| <= 3 (measured).
 *
 * @see torch.special.i0e, torch.special.i1e
 */
export function besselIScaled(order: number, x: number): number {
  const [n, size] = [Math.abs(order), Math.abs(x)];
  const value = isSeriesBetter(n, size) ? Math.exp(-size) * powerSeries(n, size) : asymptoticSeries(n, size);
  return x < 0 && n % 2 === 1 ? -value : value;
}

const isSeriesBetter = (n: number, x: number): boolean => !(x > 700 || x > Math.max(20, n * n));

/** (x/2)ⁿ / n! Σ (x/2)²ᵏ n! / (k! (n + k)!): every term is positive. */
function powerSeries(n: number, x: number): number {
  const square = (x / 2) * (x / 2);
  let term = 1;
  for (let k = 1; k <= n; k++) term *= x / 2 / k;
  let sum = term;
  for (let k = 1; term > sum * 1e-18; k++) {
    term *= square / (k * (n + k));
    sum += term;
  }
  return sum;
}

/** 1/√(2πx) Σ Π (1 - 4n²)(9 - 4n²)… / (k! (8x)ᵏ): diverges at last, from x = 20 on behind the last digit. */
function asymptoticSeries(n: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    const next = (term * ((2 * k - 1) * (2 * k - 1) - 4 * n * n)) / (8 * k * x);
    if (k > n && Math.abs(next) > Math.abs(term)) break;
    term = next;
    sum += term;
  }
  return sum / Math.sqrt(2 * Math.PI * x);
}
