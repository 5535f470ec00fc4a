const decimal = /^[ \t]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t]*$/;
const special = /^[ \t]*(?:nan|([+-]?)inf(?:inity)?)[ \t]*$/i;
const whole = /^[ \t]*[+-]?\d+[ \t]*$/;

/**
 * The number that a field writes out: in decimals, or as nan, inf and infinity in any case, spaces around it or not. Nothing else is one: not
 * hexadecimal digits, not separated thousands, nothing with a unit behind it.
 */
export function parseNumber(field: string): number | null {
  if (decimal.test(field)) {
    const value = Number(field);
    // What is too large for f64 is no infinity.
    return Number.isFinite(value) ? value : null;
  }
  const found = special.exec(field);
  if (found === null) return null;
  if (found[1] === undefined) return Number.NaN;
  return found[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The whole number that a field writes out, if `i32` holds it. */
export function parseInteger(field: string): number | null {
  const value = whole.test(field) ? Number(field) : Number.NaN;
  return (value | 0) === value ? value | 0 : null;
}

const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * What `parseNumber` says of few digits with a point or without, which most numbers are, in a third of the time; NaN for everything else.
 *
 * Up to 15 digits are a whole number that f64 holds, as it holds the power of ten: their quotient is rounded once.
 */
export function fewDigits(field: string): number {
  const { length } = field;
  if (length > 16) return Number.NaN;
  const start = field.charCodeAt(0) === 45 ? 1 : 0;
  let value = 0;
  let digits = 0;
  let behindPoint = -1;
  for (let at = start; at < length; at++) {
    const code = field.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = 10 * value + code - 48;
      digits++;
    } else if (code === 46 && behindPoint < 0) {
      behindPoint = at + 1;
    } else {
      return Number.NaN;
    }
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  if (behindPoint >= 0) value /= powersOfTen[length - behindPoint];
  return start === 1 ? -value : value;
}
