import { ArgumentError, ShapeError } from "./errors.ts";

/** The extent of each axis, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** How many elements a shape holds. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

/** The strides of a row-major layout, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** The shape with axes of extent 1 in front, to make `rank` axes: what broadcasting takes it for. */
export function withRank(shape: Shape, rank: number): number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape];
}

/**
 * The common shape of operands, aligned at their last axes; an axis of extent 1 stretches.
 *
 * @param operands what an error shows; default `shapes`
 * @throws ShapeError if two extents differ and neither is 1
 * @example
 * broadcastShapes("add", [[3, 1], [4]]); // [3, 4]
 * broadcastShapes("add", [[3], [4]]); // throws ShapeError
 */
export function broadcastShapes(
  operation: string,
  shapes: readonly Shape[],
  operands: readonly Shape[] = shapes,
): Shape {
  let result = shapes[0];
  for (let i = 1; i < shapes.length; i++) {
    if (!sameShape(result, shapes[i])) result = broadcastPair(operation, result, shapes[i], operands);
  }
  return result;
}

function broadcastPair(operation: string, a: Shape, b: Shape, all: readonly Shape[]): Shape {
  const rank = Math.max(a.length, b.length);
  const [before, above] = [rank - a.length, rank - b.length];
  const result = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const left = axis < before ? 1 : a[axis - before];
    const right = axis < above ? 1 : b[axis - above];
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(
        operation,
        all,
        "expected shapes that broadcast (equal extents, or 1, from the last axis)",
      );
    }
    result[axis] = left === 1 ? right : left;
  }
  return result;
}

/** Counts a negative axis from the end. @throws ArgumentError if there is no such axis */
export function normalizeAxis(operation: string, axis: number, rank: number): number {
  const normalized = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= rank) {
    throw new ArgumentError(operation, `expected an axis of a tensor of rank ${rank}`, axis);
  }
  return normalized;
}

/** One axis, several, or all of them (undefined), counted from the end where negative, in ascending order. */
export type Axes = number | readonly number[] | undefined;

export function normalizeAxes(operation: string, axes: Axes, rank: number): number[] {
  if (axes === undefined) {
    const all = new Array<number>(rank);
    for (let axis = 0; axis < rank; axis++) all[axis] = axis;
    return all;
  }
  const listed = typeof axes === "number" ? [axes] : axes;
  // A scalar may be addressed as a vector of one element, as in PyTorch.
  const normalized = listed
    .map((axis) => normalizeAxis(operation, axis, Math.max(rank, 1)))
    .sort((a, b) => a - b);
  for (let i = 1; i < normalized.length; i++) {
    if (normalized[i] === normalized[i - 1])
      throw new ArgumentError(operation, "expected each axis once", listed);
  }
  return rank === 0 ? [] : normalized;
}

/** The shape without the `axes`, or with extent 1 there if `keepDims`. */
export function reduceShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  const reduced: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    if (!axes.includes(axis)) reduced.push(shape[axis]);
    else if (keepDims) reduced.push(1);
  }
  return reduced;
}

/** @throws ShapeError if an extent is negative or not an integer */
export function checkShape(operation: string, shape: Shape): Shape {
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0) {
      throw new ShapeError(operation, [shape], "expected extents that are integers and not negative");
    }
  }
  return shape;
}
