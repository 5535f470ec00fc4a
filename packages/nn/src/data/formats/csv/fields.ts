import { ArgumentError } from "@isograd/autograd";
import type { CsvColumnOptions, CsvType, WhenMissing } from "./csv-options.ts";
import { fewDigits, parseInteger, parseNumber } from "./numbers.ts";

/** Reads the fields of one column. */
export class ColumnReader {
  type: CsvType | undefined;
  readonly whenMissing: WhenMissing;
  /** The codes by texts: of a list, or as the texts are found. */
  readonly codes = new Map<string, number>();
  readonly #isListed: boolean;
  /** Whether something that looks like a number counts as missing. */
  readonly #isNumberMissing: boolean;
  #isInferred = false;
  /** Where the first value was missing and became NaN. */
  #missedAt = 0;

  /** @param place the field's place in a row */
  constructor(
    readonly operation: string,
    readonly name: string,
    readonly place: number,
    readonly missing: ReadonlySet<string>,
    { type, categories, whenMissing }: CsvColumnOptions,
    defaultRule: WhenMissing,
  ) {
    this.#isNumberMissing = [...missing].some((text) => !Number.isNaN(fewDigits(text)));
    this.#isListed = categories !== undefined;
    this.type = this.#isListed ? "category" : type;
    this.whenMissing = whenMissing ?? defaultRule;
    for (const text of categories ?? []) this.codes.set(text, this.codes.size);
  }

  /** Whether codes are those of a list, so that they are known before the column is. */
  get isListed(): boolean {
    return this.#isListed;
  }

  #isMissing(field: string): boolean {
    return this.type !== "text" && this.missing.has(this.type === "category" ? field : field.trim());
  }

  /** The number, code or text of a field; null for a row that is to be left out. */
  read(field: string, line: number): number | string | null {
    if (this.type === "number" && !this.#isNumberMissing) {
      const value = fewDigits(field);
      if (!Number.isNaN(value)) return value;
    }
    if (!this.#isMissing(field)) return this.#value(field, line);
    const { whenMissing } = this;
    if (whenMissing === "drop") return null;
    if (typeof whenMissing === "object") return this.#value(String(whenMissing.fill), line);
    if (whenMissing === "error")
      throw this.refuse("a value", line, field, '; whenMissing may be "drop", "nan" or { fill }');
    if (this.type !== undefined && this.type !== "number")
      throw this.refuse("a value", line, field, `: a column of type ${this.type} holds no NaN`);
    this.#missedAt ||= line;
    return Number.NaN;
  }

  #value(field: string, line: number): number | string {
    if (this.type === undefined) {
      this.type = this.#typeOf(field);
      this.#isInferred = true;
    }
    if (this.type === "text") return field;
    if (this.type === "category") return this.#code(field, line);
    const isNumber = this.type === "number";
    const value = isNumber ? parseNumber(field) : parseInteger(field);
    if (value !== null) return value;
    const more = this.#isInferred ? ", as its first value is one (else name its type in columns)" : "";
    throw this.refuse(isNumber ? "a number" : "a whole number that i32 holds", line, field, more);
  }

  #typeOf(field: string): CsvType {
    if (parseNumber(field) !== null) return "number";
    if (this.#missedAt > 0)
      throw this.refuse("a value", this.#missedAt, "", ": a column of type category holds no NaN");
    return "category";
  }

  #code(field: string, line: number): number {
    let code = this.codes.get(field);
    if (code === undefined) {
      if (this.#isListed) {
        const known = [...this.codes.keys()].map((text) => JSON.stringify(text)).join(", ");
        const list = known.length > 200 ? `${known.slice(0, 200)}...` : known;
        throw this.refuse(`one of ${list}`, line, field, "");
      }
      code = this.codes.size;
      this.codes.set(field, code);
    }
    return code;
  }

  refuse(what: string, line: number, field: string, more: string): ArgumentError {
    const place = `column ${JSON.stringify(this.name)} at line ${line}`;
    const shown = field.length > 80 ? `${field.slice(0, 80)}...` : field;
    return new ArgumentError(this.operation, `expected ${what} in ${place}${more}`, shown);
  }
}
