import { NonFiniteError, type Tensor } from "@isograd/autograd";

/**
 * Looks for numbers that are NaN or infinite.
 *
 * @param rowOf the row of the data that a row of `column` is, for the message
 * @throws NonFiniteError naming row and column
 */
export function checkFiniteRows(
  operation: string,
  name: string,
  column: Tensor,
  rowOf: (row: number) => number,
): void {
  if (column.dtype !== "f32" && column.dtype !== "f64") return;
  const values = column.values();
  // A sum is finite only if all its terms are, and far cheaper than a test of each: it seldom has to be looked at twice.
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  if (Number.isFinite(total)) return;
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const width = values.length / column.shape[0];
  const place = column.rank === 1 ? "" : `, column ${at % width}`;
  throw new NonFiniteError(
    `${operation}: expected finite data, ${name} hold ${values[at]} at row ${rowOf(Math.floor(at / width))}${place}`,
  );
}
