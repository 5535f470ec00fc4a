/** The element types that have a matrix product; both operands and the result are of one type. */
export type MatrixData = Float32Array | Float64Array | Int32Array;

/** A matrix in memory: element [row, column] is `data[offset + row * rowStride + column * columnStride]`. */
export interface Matrix<D extends MatrixData = MatrixData> {
  readonly data: D;
  readonly offset: number;
  /** Any step, in elements; 0 where one row stands for all. */
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Many matrices of one size in one array: a step for each axis of the batch, 0 where they are the same matrix. */
export interface MatrixBatch<D extends MatrixData = MatrixData> extends Matrix<D> {
  readonly batchStrides: readonly number[];
}

/** A row of numbers: that of column k is `data[offset + k * stride]`. */
export interface Row<D extends MatrixData = MatrixData> {
  readonly data: D;
  readonly offset: number;
  readonly stride: number;
}

/** The size of a product: [rows, depth] times [depth, columns]. */
export interface ProductSize {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

/** Computes products of one size, whose operands and results begin at various positions of the same arrays. */
export interface Product {
  compute(leftStart: number, rightStart: number, outStart: number): void;
  /** Gives back what it holds; nothing can be computed any more. */
  release(): void;
}

type Floats = Float32Array | Float64Array;

/** Takes on a product of one size, or returns null and leaves it to others. */
export type ProductMaker = (
  size: ProductSize,
  left: Matrix<Floats>,
  right: Matrix<Floats>,
  out: Floats,
  accumulate: boolean,
) => Product | null;
