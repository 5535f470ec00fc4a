import { arange, fromData, full, zeros } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { isnan, logicalOr } from "../elementwise/logic.ts";
import { expand, flatten, unsqueeze } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";
import { checkIndex } from "./check-index.ts";
import { checkTable, type EmbeddingOptions, embedding, paddingOf } from "./embedding.ts";
import { gather, indexSelect } from "./gather.ts";
import { indexReduce } from "./index-slices.ts";

const modes = ["sum", "mean", "max"] as const;

export interface EmbeddingBagOptions extends EmbeddingOptions {
  /** How the rows of a bag become one; default the mean. An empty bag gives zeros. */
  readonly mode?: (typeof modes)[number];
  /** Where each bag begins in an index [n]: `i32` [bags], ascending from 0. */
  readonly offsets?: Tensor;
  /** Whether the last of the offsets is the end of the last bag; default false. */
  readonly includeLastOffset?: boolean;
  /** A factor for each row, of the shape of the index; only for sums. */
  readonly perSampleWeights?: Tensor;
}

/**
 * Rows of a table, reduced bag by bag.
 *
 * Rows of the padding are left out of their bag, and not counted in its mean.
 *
 * @param table [rows, features]
 * @param index `i32`, one bag a row [bags, n], or [n] with `offsets`
 * @returns [bags, features]
 * @throws ShapeError, DtypeError or ArgumentError if index, offsets or weights do not fit
 * @see torch.nn.functional.embedding_bag
 * @example
 * embeddingBag(tensor([[1, 2], [3, 6]]), tensor([[0, 1], [0, 0]], { dtype: "i32" })); // [[2, 4], [1, 2]]
 * const [table, index] = [tensor([[1, 2], [3, 6]]), tensor([0, 1, 1], { dtype: "i32" })];
 * const offsets = tensor([0, 1], { dtype: "i32" });
 * embeddingBag(table, index, { mode: "sum", offsets }); // [[1, 2], [6, 12]]
 */
export function embeddingBag(table: Tensor, index: Tensor, options: EmbeddingBagOptions = {}): Tensor {
  const { mode = "mean", offsets, includeLastOffset = false, perSampleWeights, paddingIndex } = options;
  const [rows, features] = checkTable("embeddingBag", table);
  checkIndex("embeddingBag", index, rows);
  if (!modes.includes(mode))
    throw new ArgumentError("embeddingBag", `expected one of ${modes.join(", ")}`, mode);
  const [bags, count] = bagsOf(index, offsets, includeLastOffset);
  const flat = flatten(index);
  let picked = embedding(table, flat, { scaleGradByFreq: options.scaleGradByFreq });
  if (perSampleWeights !== undefined) {
    if (mode !== "sum")
      throw new ArgumentError("embeddingBag", "expected weights only with sums, not with", mode);
    if (!sameShape(perSampleWeights.shape, index.shape))
      throw new ShapeError(
        "embeddingBag",
        [index.shape, perSampleWeights.shape],
        "expected a weight for each row",
      );
    picked = mul(picked, unsqueeze(flatten(perSampleWeights), 1));
  }
  // What belongs to no bag goes to one more, which is cut off.
  const places =
    paddingIndex === undefined
      ? bags
      : where(eq(flat, paddingOf("embeddingBag", paddingIndex, rows)), count, bags);
  const empty = zeros([count + 1, features], table.dtype);
  const reduced =
    mode === "max"
      ? largest(empty, places, picked)
      : indexReduce(empty, 0, places, picked, mode, { includeSelf: false });
  return slice(reduced, 0, { end: count });
}

/** The largest of each bag, feature by feature. The first of equals is picked and receives the gradient, as in PyTorch. */
function largest(empty: Tensor, places: Tensor, picked: Tensor): Tensor {
  const [count, features] = picked.shape;
  const values = picked.detach();
  const found = indexReduce(empty, 0, places, values, "amax", { includeSelf: false });
  const wins = logicalOr(eq(values, indexSelect(found, 0, places)), isnan(values));
  const positions = where(wins, unsqueeze(arange(0, count, 1, "i32"), 1), count);
  const first = indexReduce(full(empty.shape, count, "i32"), 0, places, positions, "amin");
  return gather(concat([picked, zeros([1, features], picked.dtype)]), 0, first);
}

/** The bag of each number of the index, in a row, and how many bags there are. */
function bagsOf(index: Tensor, offsets: Tensor | undefined, includeLastOffset: boolean): [Tensor, number] {
  if (index.rank === 2 && offsets === undefined) {
    const [count, length] = index.shape;
    return [flatten(expand(unsqueeze(arange(0, count, 1, "i32"), 1), [count, length])), count];
  }
  if (index.rank !== 1 || offsets === undefined || offsets.rank !== 1) {
    const shapes = [index.shape, ...(offsets === undefined ? [] : [offsets.shape])];
    throw new ShapeError("embeddingBag", shapes, "expected an index [bags, n], or [n] and offsets [bags]");
  }
  const total = index.shape[0];
  checkIndex("embeddingBag", offsets, total + 1);
  const starts = Array.from(offsets.values());
  const count = includeLastOffset ? starts.length - 1 : starts.length;
  if (starts.some((start, k) => (k === 0 ? start !== 0 : start < starts[k - 1])) || count < 0)
    throw new ArgumentError("embeddingBag", "expected offsets that ascend from 0", starts);
  const bags = new Int32Array(total).fill(count);
  for (let bag = 0; bag < count; bag++) bags.fill(bag, starts[bag], starts[bag + 1] ?? total);
  return [fromData(bags, [total]), count];
}
