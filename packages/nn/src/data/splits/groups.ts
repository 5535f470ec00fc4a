import { ArgumentError, type Generator } from "@isograd/autograd";
import type { Labels } from "../labels.ts";
import { strataOf } from "./strata.ts";

/**
 * Parts of about these sizes that take groups of rows whole: group by group into the part that lacks most, in random order, or the largest first.
 *
 * @throws ArgumentError if a part stays empty; ShapeError unless there is a group for each row
 */
export function dealGroups(
  operation: string,
  groups: Labels,
  sizes: readonly number[],
  generator: Generator | null,
): number[][] {
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const { rows } = strataOf(operation, groups, count, null);
  const order =
    generator === null
      ? [...rows].sort((a, b) => b.length - a.length)
      : Array.from(generator.permutation(rows.length), (place) => rows[place]);
  const lacks = [...sizes];
  const parts = sizes.map((): number[] => []);
  for (const group of order) {
    const part = lacks.indexOf(Math.max(...lacks));
    for (const row of group) parts[part].push(row);
    lacks[part] -= group.length;
  }
  if (parts.some((part) => part.length === 0))
    throw new ArgumentError(operation, `expected groups enough for ${sizes.length} parts`, rows.length);
  return parts;
}
