import { ArgumentError, type Tensor, tensor } from "@isograd/autograd";
import type { AnyIterable } from "../../source.ts";
import { type CsvOptions, csvSettings } from "./csv-options.ts";
import type { SelectOptions } from "./csv-table.ts";
import type { ColumnReader } from "./fields.ts";
import { type CsvValues, RowReader } from "./row-reader.ts";
import { type CsvSelection, type Picked, pick } from "./selection.ts";
import { RowSplitter } from "./split-rows.ts";
import { type CsvChunk, TextChunks } from "./text-chunks.ts";

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
 * @param chunks parts of a file, bytes or text, wherever they are cut: a stream of Node's, or the body of a response
 * @param selection names of columns, by the names that they have in a row; what others hold is not read
 * @throws ArgumentError as `readCsv` does, when the row is reached; if a category has no list
 * @see RFC 4180; pandas.read_csv with chunksize
 * @example
 * const rows = csvRows(["x,y,kind\n1,2,", "b\n3,4,a\n"], { inputs: ["x", "y"], targets: "kind" }, { columns: { kind: { categories: ["a", "b"] } } });
 * for await (const batch of streamBatches(rows, { batchSize: 2 })) batch.inputs.shape; // [2, 2]
 */
export async function* csvRows<const S extends CsvSelection>(
  chunks: AnyIterable<CsvChunk>,
  selection: S,
  options: CsvOptions & SelectOptions = {},
): AsyncGenerator<CsvRow<S>, void, undefined> {
  const operation = "csvRows";
  const { dtype = "f32", ...others } = options;
  const only = [...new Set(Object.values<string | readonly string[]>(selection).flat())];
  let found: CsvValues[] = [];
  const reader = new RowReader(
    operation,
    csvSettings(operation, { ...others, only }),
    () => {},
    (values) => {
      found.push(values);
    },
  );
  const splitter = new RowSplitter(operation, reader.settings, (fields, line) => reader.row(fields, line));
  const text = new TextChunks(operation);
  let picked: readonly Picked[] | undefined;
  const rows = (): CsvRow<S>[] => {
    const values = found;
    found = [];
    if (values.length > 0) picked ??= pickListed(operation, reader.columns, selection);
    return values.map((row) => rowOf(row, picked as readonly Picked[], dtype) as CsvRow<S>);
  };
  // Where something is wrong the rows before it are given first, wherever the file is cut.
  let failure: { readonly error: unknown } | undefined;
  const attempt = (read: () => void): void => {
    try {
      read();
    } catch (error) {
      failure = { error };
    }
  };
  for await (const chunk of chunks) {
    attempt(() => splitter.push(text.push(chunk)));
    yield* rows();
    if (failure !== undefined) throw failure.error;
  }
  attempt(() => {
    splitter.push(text.end());
    splitter.end();
  });
  yield* rows();
  if (failure !== undefined) throw failure.error;
}

function rowOf(
  values: CsvValues,
  picked: readonly Picked[],
  numbers: "f32" | "f64",
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { name, places, isSingle, dtype } of picked) {
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
