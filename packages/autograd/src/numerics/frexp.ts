/** The whole e with 1/2 <= |x| / 2ᵉ < 1; 0 where x is zero or not finite. @see torch.frexp */
export function frexpExponent(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0 && size < Infinity)) return 0;
  let exponent = Math.floor(Math.log2(size)) + 1; // perhaps one off: the logarithm is rounded
  const scaled = timesPowerOfTwo(size, -exponent);
  if (scaled >= 1) exponent++;
  else if (scaled < 0.5) exponent--;
  return exponent;
}

/** The mantissa x / 2ᵉ, exactly: its size is in [1/2, 1), or x is zero or not finite. @see torch.frexp */
export function frexpMantissa(x: number): number {
  return timesPowerOfTwo(x, -frexpExponent(x));
}

/** In two steps, neither of which overflows. */
function timesPowerOfTwo(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}
