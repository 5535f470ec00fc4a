import { ArgumentError } from "@isograd/autograd";

/** @throws ArgumentError unless `value` is a positive integer */
export function checkExtent(layer: string, name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new ArgumentError(layer, `expected ${name} to be a positive integer`, value);
  return value;
}
