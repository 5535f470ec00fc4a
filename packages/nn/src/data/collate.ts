import {
  ArgumentError,
  cast,
  type Dtype,
  type NestedNumbers,
  ShapeError,
  stack,
  Tensor,
  type TypedArray,
  tensor,
} from "@isograd/autograd";

/** What a row may hold under a name: a number, a truth value, numbers in arrays, or a tensor. */
export type Field = Tensor | NestedNumbers | TypedArray | boolean;

/** A batch of rows: the same names. */
export type Stacked<Row> = { readonly [K in keyof Row]: Tensor };

export interface StackOptions<Name extends PropertyKey = string> {
  /**
   * Element types by name: `i32` for labels. Default: that of tensors and typed arrays, bytes becoming `i32`; `bool` for truth values, `f32` for
   * numbers.
   */
  readonly dtypes?: { readonly [K in Name]?: Dtype };
}

/**
 * Lays rows on top of each other: what is [...] in each row is [rows, ...] in the batch.
 *
 * @throws ArgumentError without rows, if one lacks a name that the first has, or holds no numbers, or a fraction where whole numbers are wanted;
 *   ShapeError if shapes differ from row to row
 * @see torch.utils.data.default_collate
 * @example
 * const rows = [{ inputs: [1, 2], targets: 0 }, { inputs: [3, 4], targets: 1 }];
 * stackRows(rows, { dtypes: { targets: "i32" } }).inputs; // [[1, 2], [3, 4]]
 */
export function stackRows<Row extends object>(
  rows: readonly Row[],
  { dtypes = {} }: StackOptions<keyof Row> = {},
): Stacked<Row> {
  const columns = namesOf("stackRows", rows).map((name) => {
    const numbers = rows.map((row) => row[name]);
    if (dtypes[name] === undefined && numbers.every((field) => typeof field === "number"))
      return [name, tensor(numbers)] as const;
    const tensors = fieldTensors("stackRows", rows, name, dtypes[name]);
    const odd = tensors.find(({ shape }) => shape.join() !== tensors[0].shape.join());
    if (odd !== undefined)
      throw new ShapeError(
        "stackRows",
        [tensors[0].shape, odd.shape],
        `expected ${String(name)} of one shape in all rows (padRows is for sequences of several lengths)`,
      );
    return [name, stack(tensors)] as const;
  });
  return Object.fromEntries(columns) as Stacked<Row>;
}

/** The names in the first row. @throws ArgumentError without rows, or if the first is not an object */
export function namesOf<Row extends object>(operation: string, rows: readonly Row[]): (keyof Row)[] {
  if (rows.length === 0) throw new ArgumentError(operation, "expected at least one row", rows);
  if (typeof rows[0] !== "object" || rows[0] === null || rows[0] instanceof Tensor)
    throw new ArgumentError(operation, "expected rows such as { inputs, targets }", rows[0]);
  return Object.keys(rows[0]) as (keyof Row)[];
}

/** What the rows hold under a name, each as a tensor. @throws ArgumentError naming the row that has none */
export function fieldTensors<Row extends object>(
  operation: string,
  rows: readonly Row[],
  name: keyof Row,
  dtype: Dtype | undefined,
): Tensor[] {
  return rows.map((row, k) => {
    const field: unknown = row[name];
    const refuse = (rule: string): never => {
      throw new ArgumentError(
        operation,
        `expected ${String(name)} of row ${k} of the batch to ${rule}`,
        field,
      );
    };
    if (!isField(field))
      return refuse(field === undefined ? "be there, as in the first" : "be numbers or a tensor");
    const natural = field instanceof Uint8Array ? "i32" : undefined;
    if (dtype !== "i32") {
      return field instanceof Tensor
        ? cast(field, dtype ?? field.dtype)
        : tensor(field, { dtype: dtype ?? natural });
    }
    const exact = field instanceof Tensor ? field : tensor(field, { dtype: "f64" });
    if (!exact.values().every((value) => (value | 0) === value))
      return refuse("be whole numbers, as i32 holds");
    return cast(exact, "i32");
  });
}

const isField = (field: unknown): field is Field =>
  typeof field === "number" ||
  typeof field === "boolean" ||
  Array.isArray(field) ||
  ArrayBuffer.isView(field) ||
  field instanceof Tensor;
