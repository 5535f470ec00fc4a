import { ArgumentError } from "@isograd/autograd";

/** @throws ArgumentError unless `value` is not negative and finite */
export function checkNotNegative(operation: string, name: string, value: number): number {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new ArgumentError(operation, `expected ${name} that is finite and not negative`, value);
  return value;
}

/** @throws ArgumentError unless 0 ≤ value < 1 */
export function checkShare(operation: string, name: string, value: number): number {
  if (!(value >= 0 && value < 1)) throw new ArgumentError(operation, `expected ${name} within [0, 1)`, value);
  return value;
}
