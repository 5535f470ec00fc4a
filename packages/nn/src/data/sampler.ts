import { ArgumentError, type Generator } from "@isograd/autograd";

/** Chooses the rows of each pass, and their order. */
export interface Sampler {
  /** How many rows a pass has. */
  readonly length: number;
  /** The rows of one pass: places from 0, as often as they are to come. All that is random is drawn from `generator`. */
  draw(generator: Generator): ArrayLike<number>;
}

/** @throws ArgumentError unless each is the place of one of `count` rows */
export function checkRows(operation: string, rows: ArrayLike<number>, count: number): Int32Array {
  for (let k = 0; k < rows.length; k++)
    if (!(Number.isInteger(rows[k]) && rows[k] >= 0 && rows[k] < count))
      throw new ArgumentError(operation, `expected rows from 0 to ${count - 1}`, rows[k]);
  return new Int32Array(rows);
}
