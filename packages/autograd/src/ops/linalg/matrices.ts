import { type Dtype, promote, toFloating } from "../../dtype.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { doublesOf } from "../../kernels/linalg/members.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Signature, Tensor } from "../../tensor.ts";

/** What an operation on matrices knows of an operand: the last two axes are the matrix, those in front the batch. */
export interface Matrices {
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly dtype: Dtype;
}

/** @throws ShapeError unless there are two axes */
export function matricesOf(operation: string, { shape, dtype }: Signature): Matrices {
  if (shape.length < 2) throw new ShapeError(operation, [shape], "expected matrices [..., m, n]");
  const [m, n] = shape.slice(-2);
  return { batch: shape.slice(0, -2), m, n, dtype: toFloating(dtype) };
}

/** @throws ShapeError unless the last two extents are equal */
export function squaresOf(operation: string, x: Signature): Matrices {
  if (x.shape.length < 2 || x.shape[x.shape.length - 1] !== x.shape[x.shape.length - 2])
    throw new ShapeError(operation, [x.shape], "expected square matrices [..., n, n]");
  return matricesOf(operation, x);
}

/** What is made of square matrices: one of the same shape from each, and with it 0 or the place, from 1, where that failed. */
export function withInformation(operation: string, x: Signature): Signature[] {
  const { batch, dtype } = squaresOf(operation, x);
  return [
    { shape: x.shape, dtype },
    { shape: batch, dtype: "i32" },
  ];
}

export const realType = (a: Signature, b: Signature): Dtype => toFloating(promote(a.dtype, b.dtype));

/** Calls `visit` with a copy of each matrix, as row-major doubles that it may write to. */
export function eachMatrix(x: Tensor, visit: (matrix: Float64Array, member: number) => void): void {
  const data = doublesOf(x);
  const size = sizeOf(x.shape.slice(-2));
  const count = sizeOf(x.shape.slice(0, -2));
  for (let member = 0; member < count; member++)
    visit(data.subarray(member * size, (member + 1) * size), member);
}

/**
 * Checks what a factorization reports of each matrix: 0, or the place, from 1, where it failed.
 *
 * @throws ArgumentError that names the matrix
 */
export function checkFactored(
  operation: string,
  expected: string,
  wrong: (place: number) => string,
  information: Int32Array,
  batch: Shape,
): void {
  const member = information.findIndex((place) => place !== 0);
  if (member < 0) return;
  let rest = member;
  const index = [...batch].reverse().map((extent) => {
    const position = rest % extent;
    rest = Math.floor(rest / extent);
    return position;
  });
  const where = batch.length === 0 ? "" : ` at [${index.reverse().join(", ")}]`;
  throw new ArgumentError(operation, `expected ${expected}${where}`, wrong(information[member]));
}

export const checkRegular = (operation: string, information: Int32Array, batch: Shape): void =>
  checkFactored(
    operation,
    "an invertible matrix",
    (place) => `a singular one: pivot ${place} is 0`,
    information,
    batch,
  );
