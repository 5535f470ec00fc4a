/**
 * √(a² + b²) within 1 ulp (measured), without overflow or underflow on the way; Infinity if either is infinite, even beside NaN.
 *
 * @see torch.hypot
 */
export function hypot(a: number, b: number): number {
  const large = Math.max(Math.abs(a), Math.abs(b));
  if (large > 1e-140 && large < 1e140) return Math.sqrt(a * a + b * b);
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return Infinity;
  const scale = large > 1 ? 2 ** -600 : 2 ** 600;
  const [x, y] = [a * scale, b * scale];
  return Math.sqrt(x * x + y * y) / scale;
}
