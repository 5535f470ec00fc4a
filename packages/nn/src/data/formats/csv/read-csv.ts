import { type CsvOptions, csvSettings } from "./csv-options.ts";
import { type CsvColumn, CsvTable } from "./csv-table.ts";
import type { ColumnReader } from "./fields.ts";
import { RowReader } from "./row-reader.ts";
import { RowSplitter } from "./split-rows.ts";
import { type CsvChunk, TextChunks } from "./text-chunks.ts";

/**
 * Reads a table of comma-separated values.
 *
 * Fields may be quoted, and hold delimiters, ends of lines and doubled quotes then; lines end in \n or \r\n; empty lines are passed over, but where a
 * row is one field; a byte order mark is, too. All rows have as many fields. A column whose type is not named holds numbers or categories, as its first
 * value does; a number is decimal digits with a point or an exponent, or nan, inf or infinity in any case, and nothing else. Categories are coded in
 * sorted order.
 *
 * @param data text, or bytes in UTF-8
 * @param options delimiter, header, comments, missing values, which columns, and what they hold
 * @throws ArgumentError naming line and column: a row of another length, a quote that is not closed, no number where one must be, a value that is missing,
 *   a text that is none of the categories; if the bytes are not UTF-8, or options name columns that are not there
 * @see RFC 4180; pandas.read_csv
 * @example
 * const iris = readCsv("length,width,species\n5.1,3.5,setosa\n7.0,3.2,versicolor\n");
 * iris.select({ inputs: ["length", "width"], targets: "species" }).targets; // [0, 1]
 * iris.categories("species"); // ["setosa", "versicolor"]
 */
export function readCsv(data: CsvChunk, options?: CsvOptions): CsvTable {
  return decodeCsv("readCsv", [data], options);
}

/** Reads a table whose file comes in parts. */
export function decodeCsv(operation: string, chunks: Iterable<CsvChunk>, options: CsvOptions = {}): CsvTable {
  const collected: (number | string)[][] = [];
  let rows = 0;
  const reader = new RowReader(operation, csvSettings(operation, options), (values) => {
    rows++;
    for (let k = 0; k < values.length; k++) {
      if (rows === 1) collected.push([values[k]]);
      else collected[k].push(values[k]);
    }
  });
  const splitter = new RowSplitter(operation, reader.settings, (fields, line) => reader.row(fields, line));
  const text = new TextChunks(operation);
  for (const chunk of chunks) splitter.push(text.push(chunk));
  splitter.push(text.end());
  splitter.end();
  const columns = reader.columns.map(
    (column, k) => [column.name, columnOf(column, collected[k] ?? [])] as const,
  );
  return new CsvTable(new Map(columns), rows);
}

function columnOf(
  { type = "number", codes, isListed }: ColumnReader,
  values: (number | string)[],
): CsvColumn {
  if (type === "text") return { type, values: values as string[] };
  const numbers = values as number[];
  if (type === "number") return { type, values: Float64Array.from(numbers) };
  if (type === "integer") return { type, values: Int32Array.from(numbers) };
  if (isListed) return { type, values: Int32Array.from(numbers), categories: [...codes.keys()] };
  // What only rows held that were left out is no category.
  const used = new Set(numbers);
  const categories = [...codes.keys()].filter((text) => used.has(codes.get(text) as number)).sort();
  const places = new Int32Array(codes.size);
  categories.forEach((text, place) => {
    places[codes.get(text) as number] = place;
  });
  return { type, values: Int32Array.from(numbers, (code) => places[code]), categories };
}
