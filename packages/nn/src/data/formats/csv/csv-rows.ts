import { ArgumentError, type Tensor, tensor } from "@isograd/autograd";
import { type CsvOptions, csvSettings } from "./csv-options.ts";
import type { SelectOptions } from "./csv-table.ts";
import type { ColumnReader } from "./fields.ts";
import { type CsvValues, RowReader } from "./row-reader.ts";
import { type CsvSelection, checkDtype, checkSingle, type Picked, pick } from "./selection.ts";
import { RowSplitter } from "./split-rows.ts";
import { type CsvChunks, chunksOf, TextChunks } from "./text-chunks.ts";

/** Of a long chunk so much is made rows of at once: what is given before more is made costs little memory. */
const pieceLength = 65_536;

/** A row of a stream: a number or a code for one column, an array for a list of columns. */
export type CsvRow<S extends CsvSelection> = {
  readonly [K in keyof S]: S[K] extends string ? Tensor : Float32Array | Float64Array | Int32Array;
};

/**
 * Reads a table of comma-separated values row by row, for files larger than memory: what is held is one part of the file.
 *
 * Text is read as by `readCsv`, but for categories: they must be listed, as their codes are wanted before all are seen. Rows are what `streamBatches`
 * takes.
 *
 * @param chunks parts of a file, bytes or text, wherever they are cut: an iterable, a stream of Node's, the body of a response
 * @param selection names of columns, by the names that they have in a row; what others hold is not read
 * @throws ArgumentError as `readCsv` does, when the row is reached; if a category has no list
 * @see RFC 4180; pandas.read_csv with chunksize
 * @example
 * const rows = csvRows(["x,y,kind\n1,2,", "b\n3,4,a\n"], { inputs: ["x", "y"], targets: "kind" }, { columns: { kind: { categories: ["a", "b"] } } });
 * for await (const batch of streamBatches(rows, { batchSize: 2 })) batch.inputs.shape; // [2, 2]
 */
export async function* csvRows<const S extends CsvSelection>(
  chunks: CsvChunks,
  selection: S,
  options: Omit<CsvOptions, "only"> & SelectOptions = {},
): AsyncGenerator<CsvRow<S>, void, undefined> {
  const operation = "csvRows";
  const { dtype = "f32", ...others } = options;
  checkDtype(operation, dtype);
  const only = [...new Set(Object.values<string | readonly string[]>(selection).flat())];
  if (only.length === 0)
    throw new ArgumentError(operation, "expected names of columns such as { inputs, targets }", selection);
  let found: CsvValues[] = [];
  const reader = new RowReader(operation, csvSettings(operation, { ...others, only }), (values) =>
    found.push(values),
  );
  const splitter = new RowSplitter(operation, reader.settings, (fields, line) => reader.row(fields, line));
  const text = new TextChunks(operation);
  let picked: readonly Picked[] | undefined;
  function* rows(): Generator<CsvRow<S>, void, undefined> {
    const values = found;
    found = [];
    if (values.length === 0) return;
    picked ??= pickListed(operation, reader.columns, selection);
    for (const row of values) yield rowOf(row, picked, dtype, reader.columns) as CsvRow<S>;
  }
  // Where something is wrong the rows before it are given first, wherever the file is cut.
  for await (const chunk of chunksOf(operation, chunks)) {
    const part = text.push(chunk);
    for (let at = 0; at < part.length; at += pieceLength) {
      const failure = failureOf(() => splitter.push(part.slice(at, at + pieceLength)));
      yield* rows();
      if (failure !== null) throw failure.error;
    }
  }
  splitter.push(text.end());
  const failure = failureOf(() => splitter.end());
  yield* rows();
  if (failure !== null) throw failure.error;
}

function failureOf(read: () => void): { readonly error: unknown } | null {
  try {
    read();
    return null;
  } catch (error) {
    return { error };
  }
}

function rowOf(
  values: CsvValues,
  picked: readonly Picked[],
  numbers: "f32" | "f64",
  columns: readonly ColumnReader[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { name, places, isSingle, dtype } of picked) {
    if (dtype === null && numbers === "f32")
      for (const place of places) checkSingle("csvRows", columns[place].name, values[place] as number);
    if (isSingle) {
      row[name] = tensor(values[places[0]] as number, { dtype: dtype ?? numbers });
    } else {
      const Values = dtype === "i32" ? Int32Array : numbers === "f32" ? Float32Array : Float64Array;
      const numbersOfRow = new Values(places.length);
      for (let k = 0; k < places.length; k++) numbersOfRow[k] = values[places[k]] as number;
      row[name] = numbersOfRow;
    }
  }
  return row;
}

function pickListed(operation: string, columns: readonly ColumnReader[], selection: CsvSelection): Picked[] {
  const odd = columns.find(({ type, isListed }) => type === "category" && !isListed);
  if (odd !== undefined)
    throw new ArgumentError(
      operation,
      "expected the categories of each category in columns, there are none of",
      odd.name,
    );
  return pick(operation, columns, selection);
}
