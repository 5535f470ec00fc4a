import { fromData } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { reshape } from "../movement/movement.ts";
import { indexSelect } from "./gather.ts";

export interface CombinationsOptions {
  /** Whether an element may be taken more than once; default false. */
  readonly withReplacement?: boolean;
}

/**
 * All ways to choose `count` elements of a vector, in their order.
 *
 * @param x [n]
 * @returns [ways, count]
 * @throws ShapeError unless it is a vector; ArgumentError unless the count is an integer and not negative
 * @see torch.combinations
 * @example
 * combinations(tensor([1, 2, 3])); // [[1, 2], [1, 3], [2, 3]]
 * combinations(tensor([1, 2]), 2, { withReplacement: true }); // [[1, 1], [1, 2], [2, 2]]
 */
export function combinations(
  x: Tensor,
  count = 2,
  { withReplacement = false }: CombinationsOptions = {},
): Tensor {
  if (x.rank !== 1) throw new ShapeError("combinations", [x.shape], "expected a vector");
  if (!Number.isInteger(count) || count < 0)
    throw new ArgumentError("combinations", "expected a count that is not negative", count);
  // As PyTorch: to choose none gives an empty vector.
  if (count === 0) return indexSelect(x, 0, fromData(new Int32Array(0), [0]));
  const picks = ways(x.shape[0], count, withReplacement ? 0 : 1);
  return reshape(indexSelect(x, 0, fromData(Int32Array.from(picks.flat()), [picks.length * count])), [
    picks.length,
    count,
  ]);
}

/** Ascending positions below `extent`, each at least `gap` after the one before: in lexicographic order. */
function ways(extent: number, count: number, gap: number): number[][] {
  let found: number[][] = [[]];
  for (let place = 0; place < count; place++) {
    found = found.flatMap((before) => {
      const lowest = place === 0 ? 0 : before[place - 1] + gap;
      return Array.from({ length: Math.max(0, extent - lowest) }, (_, k) => [...before, lowest + k]);
    });
  }
  return found;
}
