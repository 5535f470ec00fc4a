import { ArgumentError } from "../../errors.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { diagonal } from "../movement/diagonal.ts";
import { permute, reshape } from "../movement/movement.ts";
import { sum } from "../reductions/reduce.ts";
import { type EinsumNotation, parseEinsum } from "./einsum-notation.ts";
import { matmul } from "./matmul.ts";

interface Labelled {
  readonly tensor: Tensor;
  /** A label for each axis, each once. */
  readonly labels: readonly string[];
}

/**
 * Sums of products over labelled axes, in Einstein's notation: `einsum("ij,jk->ik", a, b)` is a matrix product.
 *
 * A label that the result lacks is summed over; one that an operand has twice reads its diagonal; `...` stands for axes that broadcast, as
 * extents of 1 do; without `->` the result has the labels that appear once, in the order of the alphabet. Two operands at a time are
 * contracted, by a matrix product, those first whose result is smallest against them.
 *
 * @throws ArgumentError if the equation is not one; ShapeError if it does not fit the operands
 * @see torch.einsum
 * @example
 * einsum("ij,jk->ik", tensor([[1, 2], [3, 4]]), tensor([[5], [6]])); // [[17], [39]]
 * einsum("ii", tensor([[1, 2], [3, 4]])); // 5
 * einsum("i,j->ij", tensor([1, 2]), tensor([3, 4])); // [[3, 4], [6, 8]]
 * einsum("...ij->...ji", zeros([5, 2, 3])).shape; // [5, 3, 2]
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  if (operands.length === 0) throw new ArgumentError("einsum", "expected at least one operand", operands);
  const notation = parseEinsum(
    equation,
    operands.map(({ shape }) => shape),
  );
  const { result } = notation;
  let left = operands.map((tensor, k) => withoutStretched(distinct(tensor, notation.operands[k]), notation));
  while (left.length > 1) {
    const [i, j] = bestPair(left, result);
    const others = left.filter((_, k) => k !== i && k !== j);
    const needed = new Set([...result, ...others.flatMap(({ labels }) => labels)]);
    left = [...others, contract(left[i], left[j], needed)];
  }
  const { tensor, labels } = onlyWith(left[0], new Set(result));
  const ordered = permute(
    tensor,
    result.filter((label) => labels.includes(label)).map((label) => labels.indexOf(label)),
  );
  return reshape(
    ordered,
    result.map((label) => notation.extents.get(label) as number),
  );
}

/** Reads the diagonal where a label stands twice. */
function distinct(x: Tensor, spelled: readonly string[]): Labelled {
  let [tensor, labels] = [x, [...spelled]];
  for (;;) {
    const second = labels.findIndex((label, axis) => labels.indexOf(label) !== axis);
    if (second < 0) return { tensor, labels };
    const label = labels[second];
    const first = labels.indexOf(label);
    tensor = diagonal(tensor, 0, first, second);
    labels = [...labels.filter((_, axis) => axis !== first && axis !== second), label];
  }
}

/** Drops axes of extent 1 that other operands stretch: a product does not change along them. */
function withoutStretched({ tensor, labels }: Labelled, { extents }: EinsumNotation): Labelled {
  const kept = labels.filter((label, axis) => tensor.shape[axis] === extents.get(label));
  const shape = tensor.shape.filter((extent, axis) => extent === extents.get(labels[axis]));
  return { tensor: reshape(tensor, shape), labels: kept };
}

/** Sums over the labels that nobody needs. */
function onlyWith({ tensor, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const axis = labels.flatMap((label, k) => (needed.has(label) ? [] : [k]));
  if (axis.length === 0) return { tensor, labels };
  return { tensor: sum(tensor, { axis }), labels: labels.filter((label) => needed.has(label)) };
}

/** The pair whose result is smallest against the two; of equals the one that takes the fewest multiplications. */
function bestPair(operands: readonly Labelled[], result: readonly string[]): [number, number] {
  let best: [number, number] = [0, 1];
  let least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < operands.length; i++) {
    for (let j = i + 1; j < operands.length; j++) {
      const others = operands.filter((_, k) => k !== i && k !== j).flatMap(({ labels }) => labels);
      const needed = new Set([...result, ...others]);
      const extents = [...new Map([operands[i], operands[j]].flatMap(extentsOf))];
      const kept = extents.filter(([label]) => needed.has(label)).map(([, extent]) => extent);
      const growth = sizeOf(kept) - operands[i].tensor.size - operands[j].tensor.size;
      const work = sizeOf(extents.map(([, extent]) => extent));
      if (growth < least[0] || (growth === least[0] && work < least[1]))
        [best, least] = [
          [i, j],
          [growth, work],
        ];
    }
  }
  return best;
}

const extentsOf = ({ tensor, labels }: Labelled): [string, number][] =>
  labels.map((label, axis) => [label, tensor.shape[axis]]);

function contract(a: Labelled, b: Labelled, needed: ReadonlySet<string>): Labelled {
  const left = onlyWith(a, new Set([...needed, ...b.labels]));
  const right = onlyWith(b, new Set([...needed, ...a.labels]));
  const extents = new Map([left, right].flatMap(extentsOf));
  const both = left.labels.filter((label) => right.labels.includes(label));
  const batch = both.filter((label) => needed.has(label));
  const summed = both.filter((label) => !needed.has(label));
  const onlyLeft = left.labels.filter((label) => !both.includes(label));
  const onlyRight = right.labels.filter((label) => !both.includes(label));
  const shapeOf = (labels: readonly string[]): number[] =>
    labels.map((label) => extents.get(label) as number);
  const arranged = (
    { tensor, labels }: Labelled,
    order: readonly string[],
    shape: readonly number[],
  ): Tensor =>
    reshape(
      permute(
        tensor,
        order.map((label) => labels.indexOf(label)),
      ),
      shape,
    );
  const front = shapeOf(batch);
  const [rows, depth, columns] = [onlyLeft, summed, onlyRight].map((labels) => sizeOf(shapeOf(labels)));
  const first = arranged(left, [...batch, ...onlyLeft, ...summed], [...front, rows, depth]);
  const second = arranged(right, [...batch, ...summed, ...onlyRight], [...front, depth, columns]);
  const product = summed.length === 0 ? mul(first, second) : matmul(first, second);
  const labels = [...batch, ...onlyLeft, ...onlyRight];
  return { tensor: reshape(product, shapeOf(labels)), labels };
}
