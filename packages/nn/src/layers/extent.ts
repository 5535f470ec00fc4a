import { ArgumentError } from "@isograd/autograd";

/** One number for the spatial axis, or one in a list. */
export type Extents1d = number | readonly [length: number];
/** One number for both spatial axes, or one for each. */
export type Extents2d = number | readonly [height: number, width: number];
/** One number for all spatial axes, or one for each. */
export type Extents3d = number | readonly [depth: number, height: number, width: number];
/** One number for all spatial axes, or one for each. */
export type Extents = number | readonly number[];

/** @throws ArgumentError unless `value` is a positive integer */
export function checkExtent(layer: string, name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new ArgumentError(layer, `expected ${name} to be a positive integer`, value);
  return value;
}

/**
 * One number for each of the spatial axes.
 *
 * @throws ArgumentError unless they are integers of at least `least`, one for all or one an axis
 */
export function extentsOf(
  layer: string,
  name: string,
  value: Extents,
  axes: number,
  least: 0 | 1 = 1,
): readonly number[] {
  const listed = typeof value === "number" ? new Array<number>(axes).fill(value) : value;
  if (!Array.isArray(listed) || listed.length !== axes)
    throw new ArgumentError(layer, `expected ${name} to be a number, or a list of ${axes}`, value);
  const kind = least === 1 ? "a positive integer" : "an integer and not negative";
  const wrong = listed.find((extent) => !Number.isInteger(extent) || extent < least);
  if (wrong !== undefined) throw new ArgumentError(layer, `expected ${name} to be ${kind}`, wrong);
  return listed;
}
