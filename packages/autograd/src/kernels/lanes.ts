import { type Shape, stridesOf } from "../shape.ts";
import { planWalk, type Strided, walkRuns } from "./strided.ts";

/** Where a lane of numbers lies: its first element and the way from one to the next. */
export interface Lane {
  start: number;
  readonly step: number;
}

/**
 * Calls `visit` for each lane along `axis`, with its place in a row-major result of `shape` and in each operand of that shape but for the axis.
 *
 * The lanes are one array of objects that change from call to call.
 */
export function eachLane(
  shape: Shape,
  axis: number,
  operands: readonly Strided[],
  visit: (out: Lane, ...lanes: Lane[]) => void,
): void {
  const strides = [stridesOf(shape), ...operands.map((operand) => operand.strides)];
  const without = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== axis);
  const walk = planWalk(without(shape), strides.map(without));
  const innermost = walk.extents.length - 1;
  const count = innermost < 0 ? 1 : walk.extents[innermost];
  const lanes = strides.map((stride): Lane => ({ start: 0, step: stride[axis] }));
  walkRuns(walk, [0, ...operands.map(({ offset }) => offset)], (positions) => {
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < lanes.length; k++)
        lanes[k].start = positions[k] + (innermost < 0 ? 0 : i * walk.steps[k][innermost]);
      visit(...(lanes as [Lane, ...Lane[]]));
    }
  });
}
