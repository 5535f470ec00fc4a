import { cosinePi, sinePi } from "./sine-pi.ts";

/**
 * The derivative of order n of sin(πx) / (πx), whole n >= 0; even in x for even n, odd for odd n. Within 12 ulp of max(|value|, πⁿ / (1 + π|x|))
 * for n up to 4 (measured).
 *
 * @see torch.sinc
 */
export function sincDerivative(n: number, x: number): number {
  const u = Math.PI * x;
  if (Math.abs(u) <= n + 1) return Math.PI ** n * taylor(n, u);
  if (Math.abs(x) === Infinity) return 0;
  // (u s)⁽ᵏ⁾ = u s⁽ᵏ⁾ + k s⁽ᵏ⁻¹⁾ is the derivative of order k of the sine.
  const [sine, cosine] = [sinePi(x), cosinePi(x)];
  const cycle = [sine, cosine, -sine, -cosine];
  let value = sine / u;
  for (let k = 1; k <= n; k++) value = (cycle[k % 4] - k * value) / u;
  return Math.PI ** n * value;
}

/** The derivative of order n of sin(u) / u = ∫₀¹ cos(ut) dt, in powers of u. */
function taylor(n: number, u: number): number {
  const square = -u * u;
  const odd = n % 2;
  let term = odd === 0 ? 1 : u; // of cos(ut + nπ/2) up to its sign, without the t
  let sum = term / (n + 1 + odd);
  for (let k = odd; ; k += 2) {
    term *= square / ((k + 1) * (k + 2));
    const added = term / (n + k + 3);
    if (sum + added === sum) break;
    sum += added;
  }
  return n % 4 === 1 || n % 4 === 2 ? -sum : sum;
}
