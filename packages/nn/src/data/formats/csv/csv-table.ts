import { ArgumentError, fromData, type Tensor } from "@isograd/autograd";
import type { CsvColumnOptions } from "./csv-options.ts";
import { listed } from "./row-reader.ts";
import { type CsvSelection, checkDtype, checkSingle, pick } from "./selection.ts";

/** The values of one column: numbers, whole numbers, codes with what they stand for, or texts. */
export type CsvColumn =
  | { readonly type: "number"; readonly values: Float64Array }
  | { readonly type: "integer"; readonly values: Int32Array }
  | { readonly type: "category"; readonly values: Int32Array; readonly categories: readonly string[] }
  | { readonly type: "text"; readonly values: readonly string[] };

export interface SelectOptions {
  /** What numbers become; default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * The columns of a file, in its order: what `readCsv` returns.
 *
 * @example
 * const table = readCsv("length,species\n5.1,setosa\n7.0,versicolor\n");
 * table.rows; // 2
 * table.column("length").values; // [5.1, 7]
 */
export class CsvTable {
  readonly #columns: ReadonlyMap<string, CsvColumn>;

  constructor(
    columns: ReadonlyMap<string, CsvColumn>,
    /** How many rows there are. */
    readonly rows: number,
  ) {
    this.#columns = columns;
  }

  /** The names of the columns. */
  get names(): readonly string[] {
    return [...this.#columns.keys()];
  }

  /** What each column holds, to read another file alike: `columns` of its options. */
  get columnOptions(): Readonly<Record<string, CsvColumnOptions>> {
    const options = [...this.#columns].map(([name, column]) => {
      const { type } = column;
      return [name, type === "category" ? { type, categories: column.categories } : { type }] as const;
    });
    return Object.fromEntries(options);
  }

  /** @throws ArgumentError if there is none of that name */
  column(name: string): CsvColumn {
    const column = this.#columns.get(name);
    if (column !== undefined) return column;
    throw new ArgumentError(
      "CsvTable",
      `expected the name of a column, which are ${listed(this.names)}`,
      name,
    );
  }

  /**
   * What the codes of a column stand for, in their order.
   *
   * @throws ArgumentError if there is no column of that name, or it holds no categories
   */
  categories(name: string): readonly string[] {
    const column = this.column(name);
    if (column.type === "category") return column.categories;
    const rule = `expected categories in column ${JSON.stringify(name)}`;
    throw new ArgumentError("CsvTable", rule, `a column of type ${column.type}`);
  }

  /**
   * Makes tensors of columns, for `batches`: [rows] of one column, [rows, columns] of a list. Codes and whole numbers are `i32`.
   *
   * @param selection names of columns, by the names that the tensors have
   * @throws ArgumentError if a column is not there, or of text, or numbers and codes would stand in one row, or a number is too large for `f32`
   * @example
   * const table = readCsv("x,y,kind\n1,2,b\n3,4,a\n");
   * table.select({ inputs: ["x", "y"], targets: "kind" }).inputs; // [[1, 2], [3, 4]]
   */
  select<const S extends CsvSelection>(
    selection: S,
    { dtype = "f32" }: SelectOptions = {},
  ): { readonly [K in keyof S]: Tensor } {
    checkDtype("CsvTable.select", dtype);
    const names = this.names;
    const typed = names.map((name) => ({ name, type: this.column(name).type }));
    const tensors = pick("CsvTable.select", typed, selection).map((picked) => {
      const { name, places, isSingle } = picked;
      const Values = picked.dtype === "i32" ? Int32Array : dtype === "f32" ? Float32Array : Float64Array;
      const data = new Values(this.rows * places.length);
      places.forEach((place, k) => {
        const { values } = this.column(names[place]) as { readonly values: ArrayLike<number> };
        for (let row = 0; row < this.rows; row++) {
          if (Values === Float32Array) checkSingle("CsvTable.select", names[place], values[row]);
          data[row * places.length + k] = values[row];
        }
      });
      return [name, fromData(data, isSingle ? [this.rows] : [this.rows, places.length])] as const;
    });
    return Object.fromEntries(tensors) as { [K in keyof S]: Tensor };
  }
}
