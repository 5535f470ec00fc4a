import { ArgumentError } from "@isograd/autograd";
import type { AnyIterable } from "./source.ts";

/** Rows one behind the other: an iterable, or a function that begins one anew for each pass. */
export type RowStream<Row> = AnyIterable<Row> | (() => AnyIterable<Row>);

/** @throws ArgumentError unless there is something to go through */
export function openStream<Row>(operation: string, stream: RowStream<Row>): AnyIterable<Row> {
  const opened = typeof stream === "function" ? stream() : stream;
  if (
    opened === null ||
    typeof opened !== "object" ||
    !(Symbol.asyncIterator in opened || Symbol.iterator in opened)
  )
    throw new ArgumentError(operation, "expected an iterable of rows, or a function that gives one", opened);
  return opened;
}
