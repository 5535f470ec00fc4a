import { ArgumentError } from "@isograd/autograd";
import { openStream, type RowStream } from "./row-stream.ts";

/**
 * Rows that are read one by one, when they are wanted: from files, a database, or computed.
 *
 * @see torch.utils.data.Dataset
 */
export interface RowDataset<Row> {
  /** How many rows there are. */
  readonly length: number;
  /** The row at a place from 0 on, or a promise of it; it may be asked for before others have come. */
  row(index: number): Row | PromiseLike<Row>;
}

/** Rows to be had by their place: a dataset of them, or an array. */
export type Rows<Row> = RowDataset<Row> | readonly Row[];

/** An array of rows as a dataset, and a dataset as it is. */
export function rowDataset<Row>(operation: string, rows: Rows<Row>): RowDataset<Row> {
  if (isArray(rows)) return { length: rows.length, row: (index) => rows[index] };
  if (typeof rows?.row !== "function" || !Number.isSafeInteger(rows.length) || rows.length < 0)
    throw new ArgumentError(operation, "expected an array of rows, or { length, row(index) }", rows);
  return rows;
}

const isArray = <Row>(rows: Rows<Row>): rows is readonly Row[] => Array.isArray(rows);

/**
 * Calls `transform` on each row when it is read: of a dataset, an array or a stream, to a dataset or a stream.
 *
 * What is random belongs into `mapBatches`: rows of datasets are read in no certain order.
 *
 * @throws ArgumentError unless there are rows to read; of a stream when it is gone through
 * @example
 * const scaled = mapRows([{ pixel: 51 }, { pixel: 255 }], ({ pixel }) => ({ pixel: pixel / 255 }));
 * await scaled.row(0); // { pixel: 0.2 }
 */
export function mapRows<Row, Result>(
  rows: Rows<Row>,
  transform: (row: Row, index: number) => Result | PromiseLike<Result>,
): RowDataset<Result>;
export function mapRows<Row, Result>(
  stream: RowStream<Row>,
  transform: (row: Row, index: number) => Result | PromiseLike<Result>,
): () => AsyncIterable<Result>;
export function mapRows<Row, Result>(
  rows: Rows<Row> | RowStream<Row>,
  transform: (row: Row, index: number) => Result | PromiseLike<Result>,
): RowDataset<Result> | (() => AsyncIterable<Result>) {
  if (isStream(rows)) {
    return async function* () {
      let index = 0;
      for await (const row of openStream("mapRows", rows)) yield await transform(row, index++);
    };
  }
  const source = rowDataset("mapRows", rows);
  return {
    length: source.length,
    row: (index) => {
      const row = source.row(index);
      return isPromise(row) ? row.then((value) => transform(value, index)) : transform(row, index);
    },
  };
}

function isStream<Row>(rows: Rows<Row> | RowStream<Row>): rows is RowStream<Row> {
  if (typeof rows !== "object" || rows === null) return typeof rows === "function";
  return !Array.isArray(rows) && (Symbol.asyncIterator in rows || Symbol.iterator in rows);
}

const isPromise = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as PromiseLike<T> | null)?.then === "function";
