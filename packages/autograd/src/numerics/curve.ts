import { nextDown, nextUp } from "./next-after.ts";

/** A scalar function as the facts need it: plain numbers. */
export interface ScalarCurve {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** Where the value or the derivative jumps, ascending. */
  readonly kinks: readonly number[];
}

/** The kink that is x or a neighbouring double, if any. */
export function kinkAt(curve: ScalarCurve, x: number): number | undefined {
  return curve.kinks.find((kink) => nextDown(kink) <= x && x <= nextUp(kink));
}

/** The size of the jump of the value at a kink, 0 for a mere bend. */
export function jumpAt({ value }: ScalarCurve, kink: number): number {
  const [before, after] = [value(nextDown(kink)), value(nextUp(kink))];
  return Math.abs(after - before) > 1e-8 * (1 + Math.abs(before) + Math.abs(after)) ? after - before : 0;
}
