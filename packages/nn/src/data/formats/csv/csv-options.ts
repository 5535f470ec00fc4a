import { ArgumentError } from "@isograd/autograd";

/**
 * What a column holds: numbers (`f64`), whole numbers (`i32`), one of several texts, coded as `i32`, or any text.
 */
export type CsvType = "number" | "integer" | "category" | "text";

/**
 * What becomes of a row without a value: it is an error, or left out; the value is NaN, in a column of numbers, or what `fill` says.
 */
export type WhenMissing = "error" | "drop" | "nan" | { readonly fill: number | string };

export interface CsvColumnOptions {
  /** Default: as the first value of the column, a number or a category. */
  readonly type?: CsvType;
  /** The texts of a category, in the order of their codes; others are errors. Default: those that are found, sorted. */
  readonly categories?: readonly string[];
  /** Default: that of all columns. */
  readonly whenMissing?: WhenMissing;
}

export interface CsvOptions {
  /** What stands between two fields, one character; default a comma. */
  readonly delimiter?: string;
  /** Whether the first row holds the names of the columns; or names, where the file has none. Default true; false for "0", "1", ... */
  readonly header?: boolean | readonly string[];
  /** With what lines begin that are no rows, such as "#"; default none. */
  readonly comment?: string;
  /** Whether to leave out spaces around each field, names too; default false. Those around numbers never matter. */
  readonly trim?: boolean;
  /** What counts as no value, quoted or not, in all columns but those of text; default the empty field alone. */
  readonly missing?: readonly string[];
  /** Default "error". */
  readonly whenMissing?: WhenMissing;
  /** The columns to read, in the order of the file; default all. */
  readonly only?: readonly string[];
  /** What the columns hold, by their names. */
  readonly columns?: Readonly<Record<string, CsvType | CsvColumnOptions>>;
}

const types: readonly string[] = ["number", "integer", "category", "text"] satisfies CsvType[];

/** With defaults, and checked. */
export type CsvSettings = Omit<Required<CsvOptions>, "columns"> & {
  readonly columns: ReadonlyMap<string, CsvColumnOptions>;
};

/** @throws ArgumentError naming the option that is out of its range */
export function csvSettings(operation: string, options: CsvOptions): CsvSettings {
  const {
    delimiter = ",",
    header = true,
    comment = "",
    trim = false,
    missing = [""],
    whenMissing = "error",
    only = [],
    columns = {},
  } = options;
  if (typeof delimiter !== "string" || !/^[^"\r\n\ufeff]$/u.test(delimiter) || delimiter === comment)
    throw new ArgumentError(
      operation,
      "expected one character as delimiter, no quote or end of a line",
      delimiter,
    );
  if (typeof comment !== "string" || /["\r\n\ufeff]/.test(comment))
    throw new ArgumentError(operation, "expected text without quotes and ends of lines as comment", comment);
  if (typeof header !== "boolean" && (!isTexts(header) || header.length === 0))
    throw new ArgumentError(operation, "expected true, false or names as header", header);
  for (const [name, list] of Object.entries({ missing, only }))
    if (!isTexts(list)) throw new ArgumentError(operation, `expected texts as ${name}`, list);
  checkWhenMissing(operation, whenMissing);
  const checked = Object.entries(columns).map(([name, given]) => {
    const column = typeof given === "string" ? { type: given } : given;
    checkColumn(operation, name, column);
    return [name, column] as const;
  });
  return { delimiter, header, comment, trim, missing, whenMissing, only, columns: new Map(checked) };
}

function checkColumn(
  operation: string,
  name: string,
  { type, categories, whenMissing }: CsvColumnOptions,
): void {
  const place = `column ${JSON.stringify(name)}`;
  if (type !== undefined && !types.includes(type))
    throw new ArgumentError(operation, `expected one of ${types.join(", ")} as type of ${place}`, type);
  if (whenMissing !== undefined) checkWhenMissing(operation, whenMissing);
  if (categories === undefined) return;
  if (type !== undefined && type !== "category")
    throw new ArgumentError(operation, `expected no categories of ${place}, which is none`, type);
  if (!isTexts(categories) || new Set(categories).size !== categories.length)
    throw new ArgumentError(operation, `expected texts, each once, as categories of ${place}`, categories);
}

function checkWhenMissing(operation: string, rule: WhenMissing): void {
  if (typeof rule === "object" && rule !== null && ["number", "string"].includes(typeof rule.fill)) return;
  if (!["error", "drop", "nan"].includes(rule as string))
    throw new ArgumentError(operation, 'expected "error", "drop", "nan" or { fill } as whenMissing', rule);
}

const isTexts = (list: unknown): list is readonly string[] =>
  Array.isArray(list) && list.every((text) => typeof text === "string");
