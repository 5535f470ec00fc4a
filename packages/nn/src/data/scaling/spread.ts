import { ArgumentError, NonFiniteError, type Tensor } from "@isograd/autograd";

/** Numbers by the columns that they are in. */
export interface Spread {
  /** How many numbers each column has. */
  readonly rows: number;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Calls `visit` for each number, in the order of memory. */
  each(visit: (value: number, column: number) => void): void;
}

/** @throws ArgumentError if there are no numbers; NonFiniteError naming row and column of one that is not finite */
export function spread(operation: string, x: Tensor, axis: number | null): Spread {
  if (x.size === 0) throw new ArgumentError(operation, "expected numbers to learn from", x.shape);
  const values = x.values();
  const columns = axis === null ? 1 : x.shape[axis < 0 ? x.rank + axis : axis];
  const inner =
    axis === null ? x.size : x.shape.slice((axis < 0 ? x.rank + axis : axis) + 1).reduce((a, b) => a * b, 1);
  const each: Spread["each"] = (visit) => {
    let at = 0;
    while (at < values.length)
      for (let column = 0; column < columns; column++)
        for (let k = 0; k < inner; k++) visit(values[at++], column);
  };
  const lowest = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const highest = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  let at = 0;
  each((value, column) => {
    if (!Number.isFinite(value)) {
      const row = Math.floor((at * x.shape[0]) / x.size);
      throw new NonFiniteError(
        `${operation}: expected finite data, got ${value} at row ${row}${axis === null ? "" : `, column ${column}`}`,
      );
    }
    at++;
    if (value < lowest[column]) lowest[column] = value;
    if (value > highest[column]) highest[column] = value;
  });
  for (const [column, low] of lowest.entries())
    if (!Number.isFinite(highest[column] - low))
      throw new NonFiniteError(`${operation}: expected numbers whose range is finite in column ${column}`);
  return { rows: x.size / columns, lowest, highest, each };
}
