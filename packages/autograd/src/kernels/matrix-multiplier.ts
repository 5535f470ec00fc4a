import { type Batch, foldIntoRows, visitBatch } from "./batch.ts";
import type { Matrix, MatrixBatch, MatrixData, Product, ProductMaker, ProductSize, Row } from "./matrix.ts";
import { multiplyPlainly, ReferenceProduct } from "./reference/gemm.ts";
import { IntegerProduct } from "./reference/integer-gemm.ts";
import type { Arena } from "./wasm/arena.ts";
import { compileGemm, type GemmKernels } from "./wasm/gemm/kernels.ts";
import { PackedProduct } from "./wasm/gemm/product.ts";
import { multiplyStaged } from "./wasm/gemm/staged-product.ts";
import { teamKernels } from "./wasm/gemm/team-kernels.ts";
import { isDeterministic } from "./wasm/rounding.ts";
import type { Team } from "./wasm/threads/team.ts";

/** From so many multiplications on, all members of a batch together, the WebAssembly kernel takes less time with its copies than plain loops do: *measured*. */
const leastMultiplications = 400;

/** From so many multiplications on, two threads take less time than one does, with copies that only one of them can make: *measured*. */
const leastShared = 2_000_000;

/** Below this extent a product is little more than its copies. */
const leastSharedExtent = 16;

/** One product with so many numbers in an operand is brought and packed piece by piece: *measured*. */
const leastInPieces = 2 ** 16;

/** A result with fewer elements leaves most of a tile empty. */
const leastElements = 8;

/** Chooses the kernel for each product: a native one if given, WebAssembly where it is worth its copies and to be had, else plain loops. */
export class MatrixMultiplier {
  /** Asked first, for products of real numbers. */
  native: ProductMaker | null = null;
  readonly #findArena: () => Arena | null;
  readonly #findTeam: (flops: number) => Team | null;
  readonly #compiled = new Map<number, GemmKernels | null>();

  /** @param findTeam who helps with so many operations, if anybody does */
  constructor(findArena: () => Arena | null, findTeam: (flops: number) => Team | null = () => null) {
    this.#findArena = findArena;
    this.#findTeam = findTeam;
  }

  gemm(
    m: number,
    n: number,
    k: number,
    a: Matrix,
    b: Matrix,
    out: MatrixData,
    outOffset: number,
    accumulate = false,
    bias: Row | null = null,
  ): void {
    this.batchedGemm(none, m, n, k, alone(a), alone(b), out, outOffset, accumulate, bias);
  }

  batchedGemm(
    extents: readonly number[],
    m: number,
    n: number,
    k: number,
    a: MatrixBatch,
    b: MatrixBatch,
    out: MatrixData,
    outOffset: number,
    accumulate = false,
    bias: Row | null = null,
  ): void {
    if (extents.length === 0 && m * n * k < leastMultiplications && !(out instanceof Int32Array)) {
      const [left, right] = [a as MatrixBatch<typeof out>, b as MatrixBatch<typeof out>];
      if (bias !== null) fillRows(out, outOffset, m, n, bias);
      multiplyPlainly(m, n, k, left, a.offset, right, b.offset, out, outOffset, accumulate || bias !== null);
      return;
    }
    const batch =
      extents.length === 0
        ? { extents, rows: m, left: a, right: b }
        : foldIntoRows({ extents, rows: m, left: a, right: b });
    const size = { rows: batch.rows, columns: n, depth: k };
    const isAdded = accumulate || bias !== null;
    const native = this.#startNative(size, batch.left, batch.right, out, isAdded);
    if (native === null && this.#multiplyTogether(size, batch, out, outOffset, accumulate, bias)) return;
    const packed = native === null ? this.#startPacked(size, batch, out, accumulate, bias) : null;
    if (bias !== null && packed === null) {
      const rows = batch.extents.reduce((product, extent) => product * extent, batch.rows);
      fillRows(out, outOffset, rows, n, bias);
    }
    const product = native ?? packed ?? plainProduct(size, batch.left, batch.right, out, isAdded);
    try {
      visitBatch(batch, (index, aStart, bStart) => {
        product.compute(aStart, bStart, outOffset + index * batch.rows * n);
      });
    } finally {
      product.release();
    }
  }

  /** The native product, if one takes it on. */
  #startNative(size: ProductSize, a: Matrix, b: Matrix, out: MatrixData, isAdded: boolean): Product | null {
    if (this.native === null || out instanceof Int32Array) return null;
    try {
      return this.native(size, a as Matrix<typeof out>, b as Matrix<typeof out>, out, isAdded);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory for the copies
      return null;
    }
  }

  /** Tries to have all members of a batch computed at once, by WebAssembly. */
  #multiplyTogether(
    size: ProductSize,
    { extents, left, right }: Batch,
    out: MatrixData,
    outOffset: number,
    accumulate: boolean,
    bias: Row | null,
  ): boolean {
    if (out instanceof Int32Array) return false;
    let elements = size.rows * size.columns;
    for (let axis = 0; axis < extents.length; axis++) elements *= extents[axis];
    if (elements < leastElements || elements * size.depth < leastMultiplications) return false;
    const [a, b, row] = [
      left as MatrixBatch<typeof out>,
      right as MatrixBatch<typeof out>,
      bias as Row<typeof out> | null,
    ];
    const kernels = this.#kernelsFor(size, elements * size.depth, a.data, b.data, out);
    if (kernels === null) return false;
    const isLarge = Math.max(size.rows, size.columns) * size.depth >= leastInPieces;
    if (isLarge && extents.length === 0 && kernels === this.#ownKernels(out)) return false;
    try {
      return multiplyStaged(kernels, size, extents, a, b, out, outOffset, accumulate, row);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory for the copies
      return false;
    }
  }

  /** One product after the other, by WebAssembly, where it is worth its copies and there is memory for them. */
  #startPacked(
    size: ProductSize,
    { left, right }: Batch,
    out: MatrixData,
    accumulate: boolean,
    bias: Row | null,
  ): Product | null {
    const elements = size.rows * size.columns;
    if (out instanceof Int32Array || elements < leastElements || elements * size.depth < leastMultiplications)
      return null;
    const [a, b] = [left as Matrix<typeof out>, right as Matrix<typeof out>];
    try {
      const kernels = this.#kernelsFor(size, elements * size.depth, a.data, b.data, out);
      if (kernels === null) return null;
      return new PackedProduct(kernels, size, a, b, out, accumulate, bias as Row<typeof out> | null);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory for the copies: plain loops need none
      return null;
    }
  }

  /** The kernels of a team for what is worth it, unless it lies where one thread computes; null where the host has no WebAssembly. */
  #kernelsFor(
    { rows, columns, depth }: ProductSize,
    multiplications: number,
    left: Float32Array | Float64Array,
    right: Float32Array | Float64Array,
    out: Float32Array | Float64Array,
  ): GemmKernels | null {
    const kernels = this.#ownKernels(out);
    if (kernels === null || multiplications < leastShared) return kernels;
    if (Math.min(rows, columns, depth) < leastSharedExtent) return kernels;
    const { buffer } = kernels.arena.memory;
    if (left.buffer === buffer || right.buffer === buffer || out.buffer === buffer) return kernels;
    const team = this.#findTeam(2 * multiplications);
    if (team === null) return kernels;
    return teamKernels(team, out.BYTES_PER_ELEMENT === 4 ? "f32" : "f64") ?? kernels;
  }

  #ownKernels(out: Float32Array | Float64Array): GemmKernels | null {
    const width = out.BYTES_PER_ELEMENT;
    const key = isDeterministic() ? -width : width;
    let kernels = this.#compiled.get(key);
    if (kernels === undefined) {
      const arena = this.#findArena();
      kernels = arena === null ? null : compileGemm(arena, width === 4 ? "f32" : "f64");
      this.#compiled.set(key, kernels);
    }
    return kernels;
  }
}

function plainProduct(size: ProductSize, a: Matrix, b: Matrix, out: MatrixData, isAdded: boolean): Product {
  return out instanceof Int32Array
    ? new IntegerProduct(size, a as Matrix<Int32Array>, b as Matrix<Int32Array>, out, isAdded)
    : new ReferenceProduct(size, a as Matrix<typeof out>, b as Matrix<typeof out>, out, isAdded);
}

const none: readonly number[] = [];

const alone = ({ data, offset, rowStride, columnStride }: Matrix): MatrixBatch => ({
  data,
  offset,
  rowStride,
  columnStride,
  batchStrides: none,
});

function fillRows(out: MatrixData, start: number, rows: number, columns: number, row: Row): void {
  const { data, offset, stride } = row;
  for (let r = 0, at = start; r < rows; r++, at += columns) {
    if (r > 0 && columns > 32) out.copyWithin(at, start, start + columns);
    else for (let k = 0; k < columns; k++) out[at + k] = data[offset + k * stride];
  }
}
