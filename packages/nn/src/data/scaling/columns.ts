import { ArgumentError, NonFiniteError, type Tensor } from "@isograd/autograd";
import { extremesOf } from "./norms.ts";

/**
 * The numbers of each column along an axis, or all in one: one array, filled anew for each.
 *
 * @throws ArgumentError if there are none; NonFiniteError naming row and column of one that is not finite, or a column whose range is not
 */
export function* columnsAlong(
  operation: string,
  x: Tensor,
  axis: number | null,
): IterableIterator<Float64Array> {
  if (x.size === 0) throw new ArgumentError(operation, "expected numbers to learn from", x.shape);
  const values = x.values();
  const at = axis === null ? -1 : axis < 0 ? x.rank + axis : axis;
  const columns = axis === null ? 1 : x.shape[at];
  const run = axis === null ? x.size : x.shape.slice(at + 1).reduce((size, extent) => size * extent, 1);
  const own = new Float64Array(x.size / columns);
  for (let column = 0; column < columns; column++) {
    const place = axis === null ? "" : `, column ${column}`;
    let k = 0;
    for (let start = column * run; start < values.length; start += columns * run)
      for (let from = start; from < start + run; from++) own[k++] = values[from];
    let odd = 0;
    while (odd < own.length && Number.isFinite(own[odd])) odd++;
    if (odd < own.length) {
      const from = (Math.floor(odd / run) * columns + column) * run + (odd % run);
      const row = Math.floor(from / (x.size / x.shape[0]));
      throw new NonFiniteError(`${operation}: expected finite data, got ${own[odd]} at row ${row}${place}`);
    }
    const [lowest, highest] = extremesOf(own);
    if (!Number.isFinite(highest - lowest))
      throw new NonFiniteError(`${operation}: expected numbers whose range is finite${place}`);
    yield own;
  }
}
