import { type Generator, ShapeError } from "@isograd/autograd";
import { type Classes, classesOf } from "../classes.ts";
import type { Label, Labels } from "../labels.ts";

/** The rows of each class, in their order or a random one. */
export interface Strata {
  readonly classes: Classes<Label>;
  readonly rows: readonly Int32Array[];
}

/** @throws ShapeError unless there is a label for each of `count` rows */
export function strataOf(
  operation: string,
  labels: Labels,
  count: number,
  generator: Generator | null,
): Strata {
  const classes = classesOf(labels);
  const codes = classes.encode(labels);
  if (codes.length !== count)
    throw new ShapeError(operation, [[codes.length], [count]], "expected as many labels as rows");
  const byClass = classes.names.map((): number[] => []);
  for (const [row, code] of codes.entries()) byClass[code].push(row);
  const rows = byClass.map((own) =>
    generator === null ? Int32Array.from(own) : generator.permutation(own.length).map((place) => own[place]),
  );
  return { classes, rows };
}

/** Parts of these sizes, in which each class has its share of the rows, to less than one row for two parts. */
export function dealStrata(strata: readonly Int32Array[], sizes: readonly number[]): number[][] {
  const left = strata.map((rows) => rows.length);
  let total = left.reduce((sum, rows) => sum + rows, 0);
  return sizes.map((size) => {
    const exact = left.map((rows) => (rows * size) / total);
    const taken = exact.map(Math.floor);
    let missing = size - taken.reduce((sum, rows) => sum + rows, 0);
    const byLoss = exact.map((_, k) => k).sort((a, b) => exact[b] - taken[b] - (exact[a] - taken[a]));
    for (const k of byLoss) if (missing-- > 0) taken[k]++;
    total -= size;
    return strata.flatMap((rows, k) => {
      const end = left[k];
      left[k] -= taken[k];
      return [...rows.subarray(end - taken[k], end)];
    });
  });
}
