import { ones } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul, reciprocal } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { expand, flatten, reshape, unsqueeze, withExamples } from "../movement/movement.ts";
import { checkIndex } from "./check-index.ts";
import { gatherFrom, indexSelect, scatterAddInto } from "./gather.ts";

export interface EmbeddingOptions {
  /** A row that receives no gradient; negative: counted from the last. */
  readonly paddingIndex?: number;
  /** Divide the gradient of each row by how often the index names it; default false. */
  readonly scaleGradByFreq?: boolean;
}

/** The identity with a cotangent that is scaled on purpose: how many times a row is named does not change how far it moves. */
const scaleGradientOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "scaleGradient",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => x,
  vjp: [(g, { inputs: [, scale] }) => mul(g, scale), null],
  jvp: [(tangent, { inputs: [, scale] }) => mul(tangent, scale), null],
  batch: (inputs, mapped, _, size) => apply(scaleGradientOp, withExamples(inputs, mapped, size), undefined),
  reads: [[1], []],
  flops: movesOnly,
});

/** The identity, through which no gradient flows where `stopped` is true: not even NaN. */
const stopGradientOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "stopGradientWhere",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => x,
  vjp: [(g, { inputs: [, stopped] }) => where(stopped, 0, g), null],
  jvp: [(tangent, { inputs: [, stopped] }) => where(stopped, 0, tangent), null],
  batch: (inputs, mapped, _, size) => apply(stopGradientOp, withExamples(inputs, mapped, size), undefined),
  reads: [[1], []],
  flops: movesOnly,
});

/**
 * Rows of a table, one for each number of an index.
 *
 * @param table [rows, features]
 * @param index `i32`, any shape
 * @returns the shape of `index` with an axis of features behind
 * @throws ShapeError, DtypeError or ArgumentError if table, index or padding do not fit
 * @see torch.nn.functional.embedding
 * @example
 * embedding(tensor([[1, 2], [3, 4]]), tensor([1, 0, 1], { dtype: "i32" })); // [[3, 4], [1, 2], [3, 4]]
 * const index = tensor([1, 0, 1], { dtype: "i32" });
 * grad((table) => sum(embedding(table, index, { paddingIndex: 0 })))(ones([2, 2])); // [[0, 0], [2, 2]]
 */
export function embedding(table: Tensor, index: Tensor, options: EmbeddingOptions = {}): Tensor {
  const [rows, features] = checkTable("embedding", table);
  checkIndex("embedding", index, rows);
  const flat = flatten(index);
  let picked = indexSelect(table, 0, flat);
  if (options.scaleGradByFreq) {
    const counts = scatterAddInto([rows], 0, flat, ones(flat.shape, table.dtype));
    const scale = unsqueeze(reciprocal(gatherFrom(counts, 0, flat)), 1);
    picked = apply(scaleGradientOp, [picked, expand(scale, picked.shape)], undefined);
  }
  if (options.paddingIndex !== undefined) {
    const padding = paddingOf("embedding", options.paddingIndex, rows);
    picked = apply(stopGradientOp, [picked, unsqueeze(eq(flat, padding), 1)], undefined);
  }
  return reshape(picked, [...index.shape, features]);
}

/** @throws ShapeError unless the table is a matrix */
export function checkTable(operation: string, table: Tensor): readonly [rows: number, features: number] {
  if (table.rank !== 2) throw new ShapeError(operation, [table.shape], "expected a table [rows, features]");
  return [table.shape[0], table.shape[1]];
}

/** The row of the padding. @throws ArgumentError if there is no such row */
export function paddingOf(operation: string, padding: number, rows: number): number {
  const row = padding < 0 ? padding + rows : padding;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new ArgumentError(operation, `expected the padding to be one of ${rows} rows`, padding);
  return row;
}
