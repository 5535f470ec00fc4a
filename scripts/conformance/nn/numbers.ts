import type { Tolerance } from "../compare.ts";

/** Where two lists of numbers differ, in words; null where they agree. */
export function differentNumbers(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): string | null {
  if (received.length !== expected.length) return `${received.length} numbers, expected ${expected.length}`;
  for (let k = 0; k < expected.length; k++) {
    const [value, aim] = [received[k], expected[k]];
    if (Object.is(value, aim) || Math.abs(value - aim) <= absolute + relative * Math.abs(aim)) continue;
    return `element ${k} is ${value}, expected ${aim}`;
  }
  return null;
}
