import type { Generator } from "@isograd/autograd";
import type { AnyIterable } from "./source.ts";

/**
 * Rows in an order that is random as far as a buffer of so many rows allows: each time one of the buffer is handed on, and the next takes its place.
 *
 * A row comes less than `size` places before its own, however far behind it.
 */
export async function* shuffleBuffer<Row>(
  rows: AnyIterable<Row>,
  size: number,
  generator: Generator,
): AsyncGenerator<Row, void, undefined> {
  const buffer: Row[] = [];
  for await (const row of rows) {
    if (buffer.length < size) {
      buffer.push(row);
      continue;
    }
    const place = generator.integer(size);
    const picked = buffer[place];
    buffer[place] = row;
    yield picked;
  }
  for (const place of generator.permutation(buffer.length)) yield buffer[place];
}
