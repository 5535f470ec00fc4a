import { ArgumentError, ShapeError } from "../../errors.ts";
import { normalizeAxis, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { permute, reshape } from "../movement/movement.ts";
import { sum } from "../reductions/reduce.ts";
import { matmul } from "./matmul.ts";

/**
 * Sums over pairs of axes, one of each operand; the other axes of `a` come first, then those of `b`.
 *
 * An extent of 1 broadcasts.
 *
 * @param axes how many: the last of `a` with the first of `b`; or which: those of `a` and those of `b`
 * @throws ArgumentError unless the axes are pairs; ShapeError if their extents differ
 * @see torch.tensordot
 * @example
 * tensordot(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])); // 70
 * tensordot(tensor([[1, 2], [3, 4]]), tensor([5, 6]), [[0], [0]]); // [23, 34]
 */
export function tensordot(
  a: Tensor,
  b: Tensor,
  axes: number | readonly [readonly number[], readonly number[]] = 2,
): Tensor {
  const [ofA, ofB] = pairsOf(a, b, axes);
  const [left, right] = [sumStretched(a, ofA, b, ofB), sumStretched(b, ofB, a, ofA)];
  if (ofA.some((axis, k) => left.shape[axis] !== right.shape[ofB[k]]))
    throw new ShapeError(
      "tensordot",
      [a.shape, b.shape],
      "expected equal extents, or 1, at each pair of axes",
    );
  const keptA = left.shape.map((_, axis) => axis).filter((axis) => !ofA.includes(axis));
  const keptB = right.shape.map((_, axis) => axis).filter((axis) => !ofB.includes(axis));
  const [outerA, outerB] = [keptA.map((axis) => a.shape[axis]), keptB.map((axis) => b.shape[axis])];
  const depth = sizeOf(ofA.map((axis) => left.shape[axis]));
  const rows = reshape(permute(left, [...keptA, ...ofA]), [sizeOf(outerA), depth]);
  const columns = reshape(permute(right, [...ofB, ...keptB]), [depth, sizeOf(outerB)]);
  return reshape(matmul(rows, columns), [...outerA, ...outerB]);
}

function pairsOf(
  a: Tensor,
  b: Tensor,
  axes: number | readonly [readonly number[], readonly number[]],
): [number[], number[]] {
  if (typeof axes === "number") {
    if (!Number.isInteger(axes) || axes < 0 || axes > a.rank || axes > b.rank)
      throw new ArgumentError("tensordot", `expected at most ${Math.min(a.rank, b.rank)} axes`, axes);
    const counted = Array.from({ length: axes }, (_, k) => k);
    return [counted.map((k) => a.rank - axes + k), counted];
  }
  const [ofA, ofB] = axes;
  const normalized: [number[], number[]] = [
    ofA.map((axis) => normalizeAxis("tensordot", axis, a.rank)),
    ofB.map((axis) => normalizeAxis("tensordot", axis, b.rank)),
  ];
  if (ofA.length !== ofB.length || normalized.some((listed) => new Set(listed).size !== listed.length))
    throw new ArgumentError("tensordot", "expected pairs of axes, each axis once", axes);
  return normalized;
}

/** Sums over the axes along which the partner has extent 1: the same as stretching the partner. */
function sumStretched(
  x: Tensor,
  axes: readonly number[],
  partner: Tensor,
  others: readonly number[],
): Tensor {
  const stretched = axes.filter((axis, k) => partner.shape[others[k]] === 1 && x.shape[axis] !== 1);
  return stretched.length === 0 ? x : sum(x, { axis: stretched, keepDims: true });
}
