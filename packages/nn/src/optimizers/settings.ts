import { ArgumentError } from "@isograd/autograd";

/** @throws ArgumentError unless each value is not negative and finite */
export function checkNotNegative(operation: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new ArgumentError(operation, `expected ${name} to be finite and not negative`, value);
  }
}

/** @throws ArgumentError unless 0 ≤ value < 1 for each */
export function checkShares(operation: string, name: string, ...values: readonly number[]): void {
  for (const value of values)
    if (!(value >= 0 && value < 1))
      throw new ArgumentError(operation, `expected ${name} within [0, 1)`, value);
}

/** @throws ArgumentError unless the value is a whole number from 1 on */
export function checkCount(operation: string, name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1))
    throw new ArgumentError(operation, `expected ${name} to be a whole number from 1 on`, value);
}

/** @throws ArgumentError unless 0 ≤ value ≤ 1 */
export function checkUnit(operation: string, name: string, value: number): void {
  if (!(value >= 0 && value <= 1))
    throw new ArgumentError(operation, `expected ${name} within [0, 1]`, value);
}
