import { compileFunction } from "./compile.ts";
import { nodesOf, type Scalar } from "./expression.ts";

const reach = 64;
const cells = 4096;

/**
 * Where a function of one scalar has a kink or a jump: the zeros of what its branches compare, within ±64, ascending.
 *
 * Each primitive that is not smooth names a scalar that vanishes there; its changes of sign are bracketed on a grid and bisected to the last bit.
 */
export function kinksOf(root: Scalar): number[] {
  const found = new Set<number>();
  for (const node of nodesOf(root)) {
    if (node.primitive?.kink === undefined) continue;
    const distance = compileFunction(node.primitive.kink(node.inputs), 1);
    for (const zero of zerosOf(distance)) found.add(zero);
  }
  return [...found].sort((a, b) => a - b);
}

function zerosOf(distance: (x: number) => number): number[] {
  const zeros: number[] = [];
  const place = (cell: number): number => -reach + (2 * reach * cell) / cells;
  let before = distance(place(0));
  for (let cell = 1; cell <= cells; cell++) {
    const after = distance(place(cell));
    if (after === 0 && before !== 0) zeros.push(place(cell));
    else if (before * after < 0) zeros.push(bisect(distance, place(cell - 1), place(cell)));
    before = after;
  }
  return zeros;
}

function bisect(distance: (x: number) => number, low: number, high: number): number {
  const rising = distance(high) > 0;
  let [left, right] = [low, high];
  for (;;) {
    const middle = left + (right - left) / 2;
    const value = distance(middle);
    if (value === 0) return middle + 0;
    if (middle === left || middle === right) return right;
    if (value > 0 === rising) right = middle;
    else left = middle;
  }
}
