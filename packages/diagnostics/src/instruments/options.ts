import { ArgumentError } from "@isograd/autograd";

/** @throws ArgumentError unless `value` is a whole number of at least `least` */
export function checkCount(operation: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ArgumentError(operation, `expected ${name} to be a whole number of at least ${least}`, value);
}

/** @throws ArgumentError unless `value` is a positive number */
export function checkPositive(operation: string, name: string, value: number): void {
  if (!(value > 0)) throw new ArgumentError(operation, `expected ${name} to be positive`, value);
}
