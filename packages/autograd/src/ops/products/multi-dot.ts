import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { reshape } from "../movement/movement.ts";
import { matmul } from "./matmul.ts";

/**
 * The product of several matrices, multiplied in the order that takes the fewest multiplications.
 *
 * @param tensors at least two, [n₀, n₁], [n₁, n₂], ...; the first may be a vector [n₁], a row, the last one, a column
 * @throws ArgumentError for less than two; ShapeError if they do not fit
 * @see torch.linalg.multi_dot; Cormen et al. 2009, "Introduction to Algorithms", section 15.2
 * @example
 * multiDot([tensor([1, 2]), tensor([[1, 2], [3, 4]]), tensor([1, 1])]); // 17
 */
export function multiDot(tensors: readonly Tensor[]): Tensor {
  if (tensors.length < 2)
    throw new ArgumentError("multiDot", "expected at least two tensors", tensors.length);
  const last = tensors.length - 1;
  const matrices = tensors.map((x, k) => {
    if (x.rank === 1 && k === 0) return reshape(x, [1, x.size]);
    return x.rank === 1 && k === last ? reshape(x, [x.size, 1]) : x;
  });
  if (matrices.some((x, k) => x.rank !== 2 || (k > 0 && x.shape[0] !== matrices[k - 1].shape[1]))) {
    throw new ShapeError(
      "multiDot",
      tensors.map(({ shape }) => shape),
      "expected matrices that can be multiplied",
    );
  }
  const product = multiplyInOrder(matrices, bestSplits(matrices));
  const shape = [...(tensors[0].rank === 1 ? [] : [product.shape[0]])];
  if (tensors[last].rank !== 1) shape.push(product.shape[1]);
  return reshape(product, shape);
}

/** For each range of matrices, where to split it: `splits[first][last]` is the last of the left part. */
function bestSplits(matrices: readonly Tensor[]): number[][] {
  const extents = [matrices[0].shape[0], ...matrices.map(({ shape }) => shape[1])];
  const count = matrices.length;
  const costs = matrices.map(() => new Array<number>(count).fill(0));
  const splits = matrices.map((_, k) => new Array<number>(count).fill(k));
  for (let length = 1; length < count; length++) {
    for (let first = 0; first + length < count; first++) {
      const last = first + length;
      costs[first][last] = Number.POSITIVE_INFINITY;
      for (let split = first; split < last; split++) {
        const joined = extents[first] * extents[split + 1] * extents[last + 1];
        const cost = costs[first][split] + costs[split + 1][last] + joined;
        if (cost < costs[first][last]) [costs[first][last], splits[first][last]] = [cost, split];
      }
    }
  }
  return splits;
}

function multiplyInOrder(matrices: readonly Tensor[], splits: readonly (readonly number[])[]): Tensor {
  // What is left to do, the nearest at the end: a range to multiply, or null to multiply the two latest products.
  const pending: ([number, number] | null)[] = [[0, matrices.length - 1]];
  const products: Tensor[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === null) {
      const [left, right] = products.splice(-2);
      products.push(matmul(left, right));
    } else {
      const [first, last] = next;
      const split = splits[first][last];
      if (first === last) products.push(matrices[first]);
      else pending.push(null, [split + 1, last], [first, split]);
    }
  }
  return products[0];
}
