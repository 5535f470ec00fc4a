import { zeros } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import type { Strided } from "../../kernels/strided.ts";
import { applyMany, defineOp } from "../../op.ts";
import { normalizeAxis, type Shape } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { addToPart } from "./add-to-part.ts";
import { expand, reshape } from "./movement.ts";
import { concat, slice } from "./slice.ts";

interface Parts {
  readonly axis: number;
  readonly lengths: readonly number[];
}

/** All parts of an axis at once: what comes back to them is joined, where parts for themselves would each be put into zeros. */
const splitOp: Op<Parts> = /* @__PURE__ */ defineOp<Parts>({
  name: "split",
  shape: ([x], { axis, lengths }) =>
    lengths.map((length) => ({ shape: withExtent(x.shape, axis, length), dtype: x.dtype })),
  forward: ([x], parts) => partsOf(x, parts),
  vjp: [
    (_, node, cotangents) => {
      const { axis, lengths } = node.attributes;
      const { shape, dtype } = node.inputSignature(0);
      return concat(
        cotangents.map((g, k) => g ?? expand(zeros([], dtype), withExtent(shape, axis, lengths[k]))),
        axis,
      );
    },
  ],
  addTo: (sum, cotangents, { attributes }) => {
    partsOf(sum, attributes).forEach((part, k) => {
      const cotangent = cotangents[k];
      if (cotangent !== null) addToPart(part, cotangent);
    });
  },
  jvp: "linear",
  batch: ([x], _, { axis, lengths }) => applyMany(splitOp, [x], { axis: axis + 1, lengths }),
  flops: movesOnly,
});

const withExtent = (shape: Shape, axis: number, extent: number): Shape => {
  const changed = [...shape];
  changed[axis] = extent;
  return changed;
};

function partsOf({ data, shape, strides, offset }: Strided, { axis, lengths }: Parts): Strided[] {
  let start = offset;
  return lengths.map((length) => {
    const part = { data, shape: withExtent(shape, axis, length), strides, offset: start };
    start += length * strides[axis];
    return part;
  });
}

const positive = (value: number): boolean => Number.isInteger(value) && value > 0;

/**
 * Parts of an axis, as views: of one size (the last may be smaller), or of the sizes that are listed.
 *
 * @throws ArgumentError if a size is not positive; ShapeError if the sizes that are listed do not add up to the extent
 * @see torch.split
 * @example
 * split(tensor([1, 2, 3, 4, 5]), 2); // [[1, 2], [3, 4], [5]]
 * split(tensor([1, 2, 3, 4, 5]), [1, 4]); // [[1], [2, 3, 4, 5]]
 */
export function split(x: Tensor, size: number | readonly number[], axis = 0): Tensor[] {
  const at = normalizeAxis("split", axis, x.rank);
  const extent = x.shape[at];
  if (typeof size === "number") {
    if (!positive(size)) throw new ArgumentError("split", "expected a positive integer, or sizes", size);
    const count = Math.max(1, Math.ceil(extent / size));
    return split(
      x,
      Array.from({ length: count }, (_, k) => Math.min(size, extent - k * size)),
      at,
    );
  }
  if (size.some((each) => !Number.isInteger(each) || each < 0))
    throw new ArgumentError("split", "expected sizes that are integers and not negative", size);
  if (size.reduce((total, each) => total + each, 0) !== extent)
    throw new ShapeError("split", [x.shape, size], `expected sizes that add up to the extent of axis ${at}`);
  return size.length === 0 ? [] : [...applyMany(splitOp, [x], { axis: at, lengths: size })];
}

/**
 * At most `parts` parts of equal size, but for the last, as views.
 *
 * @throws ArgumentError unless it is positive
 * @see torch.chunk
 * @example
 * chunk(tensor([1, 2, 3, 4, 5]), 2); // [[1, 2, 3], [4, 5]]
 */
export function chunk(x: Tensor, parts: number, axis = 0): Tensor[] {
  const extent = x.shape[normalizeAxis("chunk", axis, x.rank)];
  if (!positive(parts)) throw new ArgumentError("chunk", "expected a positive number of parts", parts);
  // An empty axis is chunked into empty parts, all that were asked for.
  if (extent === 0) return split(x, new Array<number>(parts).fill(0), axis);
  return split(x, Math.ceil(extent / parts), axis);
}

/**
 * Parts of an axis, as views: so many, as equal as can be (the first ones larger by one), or cut at the given positions.
 *
 * @throws ArgumentError unless the number of parts is positive
 * @see torch.tensor_split
 * @example
 * tensorSplit(tensor([1, 2, 3, 4, 5]), 3); // [[1, 2], [3, 4], [5]]
 * tensorSplit(tensor([1, 2, 3, 4, 5]), [1, 3]); // [[1], [2, 3], [4, 5]]
 */
export function tensorSplit(x: Tensor, cuts: number | readonly number[], axis = 0): Tensor[] {
  const at = normalizeAxis("tensorSplit", axis, x.rank);
  const extent = x.shape[at];
  if (typeof cuts === "number") {
    if (!positive(cuts)) throw new ArgumentError("tensorSplit", "expected a positive number of parts", cuts);
    const [size, larger] = [Math.floor(extent / cuts), extent % cuts];
    return split(
      x,
      Array.from({ length: cuts }, (_, k) => (k < larger ? size + 1 : size)),
      at,
    );
  }
  return [...cuts, extent].map((end, k) => slice(x, at, { start: k === 0 ? 0 : cuts[k - 1], end }));
}

/** The extent must divide into the parts of a spatial split. */
function evenSplit(operation: string, x: Tensor, cuts: number | readonly number[], axis: number): Tensor[] {
  if (x.rank <= axis) throw new ShapeError(operation, [x.shape], `expected at least ${axis + 1} axes`);
  if (typeof cuts === "number" && x.shape[axis] % cuts !== 0)
    throw new ShapeError(operation, [x.shape], `expected an extent at axis ${axis} that ${cuts} divides`);
  return tensorSplit(x, cuts, axis);
}

/**
 * Equal parts of the second axis (of a vector's only one), or cuts there.
 *
 * @throws ShapeError if it does not divide
 * @see torch.hsplit
 * @example
 * hsplit(tensor([[1, 2, 3, 4]]), 2); // [[[1, 2]], [[3, 4]]]
 * hsplit(tensor([1, 2, 3, 4]), [1]); // [[1], [2, 3, 4]]
 */
export function hsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  return evenSplit("hsplit", x, cuts, x.rank === 1 ? 0 : 1);
}

/**
 * Equal parts of the first axis of two or more, or cuts there.
 *
 * @throws ShapeError if it does not divide
 * @see torch.vsplit
 * @example
 * vsplit(tensor([[1, 2], [3, 4]]), 2); // [[[1, 2]], [[3, 4]]]
 */
export function vsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  if (x.rank < 2) throw new ShapeError("vsplit", [x.shape], "expected at least 2 axes");
  return evenSplit("vsplit", x, cuts, 0);
}

/**
 * Equal parts of the third axis, or cuts there.
 *
 * @throws ShapeError if it does not divide
 * @see torch.dsplit
 * @example
 * dsplit(tensor([[[1, 2], [3, 4]]]), 2); // [[[[1], [3]]], [[[2], [4]]]]
 */
export function dsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  return evenSplit("dsplit", x, cuts, 2);
}

/**
 * The slices of an axis, which goes, as views.
 *
 * @see torch.unbind
 * @example
 * unbind(tensor([[1, 2], [3, 4]])); // [[1, 2], [3, 4]]
 * unbind(tensor([[1, 2], [3, 4]]), 1); // [[1, 3], [2, 4]]
 */
export function unbind(x: Tensor, axis = 0): Tensor[] {
  const at = normalizeAxis("unbind", axis, x.rank);
  const shape = x.shape.filter((_, k) => k !== at);
  return split(x, new Array<number>(x.shape[at]).fill(1), at).map((part) => reshape(part, shape));
}
