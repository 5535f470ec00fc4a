import { ArgumentError } from "@isograd/autograd";
import type { CsvType } from "./csv-options.ts";
import { listed } from "./row-reader.ts";

/** Names of columns by the names that they have in a batch: one column a number each, a list a row of numbers each. */
export type CsvSelection = Readonly<Record<string, string | readonly string[]>>;

/** What is known of a column, whatever holds its values. */
interface Typed {
  readonly name: string;
  readonly type: CsvType | undefined;
}

/** Columns of one selection: where they are, and of which element type they are. */
export interface Picked {
  readonly name: string;
  /** Whether it is one column, not a list. */
  readonly isSingle: boolean;
  readonly places: readonly number[];
  /** Codes and whole numbers are `i32`; null for numbers. */
  readonly dtype: "i32" | null;
}

/** @throws ArgumentError if a column is not there, or of text, or numbers and codes would stand in one row */
export function pick(operation: string, columns: readonly Typed[], selection: CsvSelection): Picked[] {
  const known = new Map(columns.map((column, place) => [column.name, place]));
  return Object.entries(selection).map(([name, wanted]) => {
    const isSingle = typeof wanted === "string";
    const names = isSingle ? [wanted] : wanted;
    if (!Array.isArray(names) || names.length === 0)
      throw new ArgumentError(operation, `expected a name, or names, of columns as ${name}`, wanted);
    const places = names.map((column) => {
      const place = known.get(column);
      if (place !== undefined) return place;
      const rule = `expected names of columns as ${name}, which are ${listed([...known.keys()])}`;
      throw new ArgumentError(operation, rule, column);
    });
    const kinds = places.map((place) => kindOf(columns[place].type));
    const odd = kinds.findIndex((kind) => kind === "text" || kind !== kinds[0]);
    if (odd >= 0)
      throw new ArgumentError(
        operation,
        `expected columns of numbers alone, or of codes and whole numbers alone, as ${name}`,
        `${JSON.stringify(names[odd])} of type ${columns[places[odd]].type}`,
      );
    return { name, isSingle, places, dtype: kinds[0] === "i32" ? "i32" : null };
  });
}

/** What numbers become. @throws ArgumentError if it is neither f32 nor f64 */
export function checkDtype(operation: string, dtype: "f32" | "f64"): void {
  if (dtype !== "f32" && dtype !== "f64")
    throw new ArgumentError(operation, "expected f32 or f64 as dtype", dtype);
}

/** @throws ArgumentError if `f32` would make a finite number infinite */
export function checkSingle(operation: string, column: string, value: number): void {
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
    throw new ArgumentError(
      operation,
      `expected numbers that f32 holds in column ${JSON.stringify(column)}; dtype f64 holds more`,
      value,
    );
}

const kindOf = (type: CsvType | undefined): "number" | "i32" | "text" =>
  type === undefined || type === "number" ? "number" : type === "text" ? "text" : "i32";
