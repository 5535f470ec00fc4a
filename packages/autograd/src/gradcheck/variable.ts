import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { denseData } from "../kernels/strided.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { Rounding } from "./line.ts";

/** A tensor that the check varies, with the way its elements lie in memory: a view is varied as a view. */
export interface Variable {
  readonly path: string;
  readonly tensor: Tensor;
  /** Where each element lies, in row-major order. */
  readonly positions: Int32Array;
}

/** A private copy; elements that share a place in memory, as in a stretched view, get one each. */
export function variableOf(path: string, source: Tensor): Variable {
  const positions = positionsOf(source);
  if (new Set(positions).size === positions.length) {
    return { path, tensor: withData(source, source.data.slice()), positions };
  }
  const copy = new Tensor(denseData(source), source.shape, source.dtype);
  return { path, tensor: copy, positions: positionsOf(copy) };
}

const withData = (like: Tensor, data: TypedArray): Tensor =>
  new Tensor(data, like.shape, like.dtype, like.strides, like.offset);

/** The same values, last axis first in memory, the last axis backwards, with gaps: nothing lies where a dense tensor has it. */
export function rearranged({ path, tensor }: Variable): Variable {
  const strides = new Array<number>(tensor.rank).fill(0);
  let [step, offset] = [2, 1];
  for (let axis = 0; axis < tensor.rank; axis++) {
    const backwards = axis === tensor.rank - 1 && tensor.shape[axis] > 0;
    strides[axis] = backwards ? -step : step;
    if (backwards) offset += step * (tensor.shape[axis] - 1);
    step *= tensor.shape[axis];
  }
  const data = allocate(tensor.dtype, step + 1).fill(1);
  const moved = new Tensor(data, tensor.shape, tensor.dtype, strides, offset);
  const positions = positionsOf(moved);
  tensor.values().forEach((value, k) => {
    data[positions[k]] = value;
  });
  return { path, tensor: moved, positions };
}

/** A copy with each element moved to where `place` says; tells how far an element went. */
export function moved(variable: Variable, place: (index: number, value: number) => number): Tensor {
  const { tensor, positions } = variable;
  const data = tensor.data.slice();
  for (let k = 0; k < positions.length; k++) data[positions[k]] = place(k, data[positions[k]]);
  return withData(tensor, data);
}

/** A copy with one element moved, and how far it went after rounding. */
export function nudged(
  variable: Variable,
  index: number,
  step: number,
): { readonly tensor: Tensor; readonly step: number } {
  const data = variable.tensor.data.slice();
  const position = variable.positions[index];
  const before = data[position];
  data[position] = before + step;
  return { tensor: withData(variable.tensor, data), step: data[position] - before };
}

export const elementAt = ({ tensor, positions }: Variable, index: number): number =>
  tensor.data[positions[index]];

/** The coordinates of an element in row-major order. */
export function coordinatesOf(shape: Shape, index: number): number[] {
  const coordinates = new Array<number>(shape.length);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    coordinates[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return coordinates;
}

function positionsOf({ shape, strides, offset }: Tensor): Int32Array {
  return Int32Array.from({ length: sizeOf(shape) }, (_, index) =>
    coordinatesOf(shape, index).reduce(
      (position, coordinate, axis) => position + coordinate * strides[axis],
      offset,
    ),
  );
}

/** Numbers that small have few digits; what was computed with them is off by many of the smallest steps. */
export const roundingOf = (dtype: Dtype): Rounding =>
  dtype === "f32"
    ? { relative: 2 ** -24, absolute: 2 ** -137 }
    : { relative: 2 ** -53, absolute: 2 ** -1060 };
