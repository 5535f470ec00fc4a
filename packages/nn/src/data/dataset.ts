import { ArgumentError, fromData, ShapeError, Tensor } from "@isograd/autograd";

/** Rows of something: the first axis counts the examples. A plain array of numbers holds one number an example, bytes becoming `i32`. */
export type Column = Tensor | Float32Array | Float64Array | Int32Array | Uint8Array;

/** Columns by name, with as many rows each: `{ inputs, targets }`. */
export type Dataset = Readonly<Record<string, Column>>;

/** One batch of a dataset: the same names. */
export type Batch<D extends Dataset = { inputs: Tensor; targets: Tensor }> = {
  readonly [K in keyof D]: Tensor;
};

/** The columns as tensors; how many rows they have. */
export interface Table {
  readonly columns: readonly (readonly [name: string, column: Tensor])[];
  readonly rows: number;
}

/**
 * Looks a dataset over.
 *
 * @throws ArgumentError if it has no rows; ShapeError if columns differ in their number of rows
 */
export function readTable(operation: string, dataset: Dataset): Table {
  const columns = Object.entries(dataset).map(
    ([name, column]) => [name, columnTensor(operation, name, column)] as const,
  );
  if (columns.length === 0)
    throw new ArgumentError(operation, "expected columns such as { inputs, targets }", dataset);
  const [[first, { shape }]] = columns;
  for (const [name, column] of columns) {
    if (column.shape[0] !== shape[0])
      throw new ShapeError(
        operation,
        [shape, column.shape],
        `expected as many rows of ${name} as of ${first}`,
      );
  }
  if (shape[0] === 0) throw new ArgumentError(operation, "expected at least one row of data", 0);
  return { columns, rows: shape[0] };
}

/** A column as a tensor. @throws ShapeError unless it has rows; ArgumentError if it is neither tensor nor typed array */
export function columnTensor(operation: string, name: string, column: Column): Tensor {
  if (column instanceof Tensor) {
    if (column.rank === 0) throw new ShapeError(operation, [column.shape], `expected rows of ${name}`);
    return column;
  }
  if (!ArrayBuffer.isView(column))
    throw new ArgumentError(operation, `expected ${name} to be a tensor or a typed array`, column);
  const data = column instanceof Uint8Array ? Int32Array.from(column) : column;
  return fromData(data, [data.length]);
}
