import { ArgumentError } from "@isograd/autograd";
import type { CsvSettings } from "./csv-options.ts";
import { ColumnReader } from "./fields.ts";

/** The values of a row, in the order of the columns that are read: numbers, codes, texts. */
export type CsvValues = readonly (number | string)[];

/** Makes values of the fields of rows; the first row may be the names. */
export class RowReader {
  /** Those that are read, in the order of the file; none before the first row. */
  columns: readonly ColumnReader[] = [];
  #width = 0;

  constructor(
    readonly operation: string,
    readonly settings: CsvSettings,
    readonly take: (values: CsvValues) => void,
  ) {}

  row(given: string[], line: number): void {
    const { trim, header } = this.settings;
    const fields = trim ? given.map((field) => field.trim()) : given;
    // An empty line is no row, but where a row is one field that may be missing.
    if (fields.length === 1 && fields[0] === "" && this.#width !== 1) return;
    if (this.#width === 0) {
      this.#begin(fields, line);
      if (header === true) return;
    }
    if (fields.length !== this.#width)
      throw new ArgumentError(
        this.operation,
        `expected ${this.#width} fields at line ${line}, one for each column`,
        fields.length,
      );
    const values: (number | string)[] = [];
    for (const column of this.columns) {
      const value = column.read(fields[column.place], line);
      if (value === null) return;
      values.push(value);
    }
    this.take(values);
  }

  #begin(fields: readonly string[], line: number): void {
    const { operation, settings } = this;
    const { header, only, columns, missing, whenMissing } = settings;
    const names =
      typeof header !== "boolean" ? header : header ? fields : fields.map((_, place) => `${place}`);
    this.#width = names.length;
    if (names.some((name) => /\r(?!\n)/.test(name)))
      throw new ArgumentError(operation, "expected lines that end in \\n or \\r\\n", "\\r alone");
    const places = new Map(names.map((name, place) => [name, place]));
    const twice = names.find((name, place) => places.get(name) !== place);
    if (twice !== undefined)
      throw new ArgumentError(operation, `expected each name of a column once, at line ${line}`, twice);
    const unknown = [...only, ...columns.keys()].find((name) => !places.has(name));
    if (unknown !== undefined)
      throw new ArgumentError(operation, `expected names of columns, which are ${listed(names)}`, unknown);
    const chosen = new Set(only.length > 0 ? only : names);
    const missed = new Set(missing);
    this.columns = names.flatMap((name, place) =>
      chosen.has(name)
        ? new ColumnReader(operation, name, place, missed, columns.get(name) ?? {}, whenMissing)
        : [],
    );
  }
}

/** Names for an error, of which there may be thousands. */
export function listed(names: readonly string[]): string {
  const text = names.map((name) => JSON.stringify(name)).join(", ");
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
