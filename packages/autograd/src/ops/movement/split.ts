import { ArgumentError, ShapeError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { select, slice, sliceRegion } from "./slice.ts";

const positive = (value: number): boolean => Number.isInteger(value) && value > 0;

/**
 * Parts of an axis, as views: of one size (the last may be smaller), or of the sizes that are listed.
 *
 * @throws ArgumentError if a size is not positive; ShapeError if the sizes that are listed do not add up to the extent
 * @see torch.split
 */
export function split(x: Tensor, size: number | readonly number[], axis = 0): Tensor[] {
  const at = normalizeAxis("split", axis, x.rank);
  const extent = x.shape[at];
  if (typeof size === "number") {
    if (!positive(size)) throw new ArgumentError("split", "expected a positive integer, or sizes", size);
    const count = Math.max(1, Math.ceil(extent / size));
    return Array.from({ length: count }, (_, k) =>
      sliceRegion(x, at, k * size, 1, Math.min(size, extent - k * size)),
    );
  }
  if (size.some((each) => !Number.isInteger(each) || each < 0))
    throw new ArgumentError("split", "expected sizes that are integers and not negative", size);
  if (size.reduce((total, each) => total + each, 0) !== extent)
    throw new ShapeError("split", [x.shape, size], `expected sizes that add up to the extent of axis ${at}`);
  let start = 0;
  return size.map((length) => {
    start += length;
    return sliceRegion(x, at, start - length, 1, length);
  });
}

/** At most `parts` parts of equal size, but for the last, as views. @throws ArgumentError unless it is positive @see torch.chunk */
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

/** Equal parts of the second axis (of a vector's only one), or cuts there. @throws ShapeError if it does not divide @see torch.hsplit */
export function hsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  return evenSplit("hsplit", x, cuts, x.rank === 1 ? 0 : 1);
}

/** Equal parts of the first axis of two or more, or cuts there. @throws ShapeError if it does not divide @see torch.vsplit */
export function vsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  if (x.rank < 2) throw new ShapeError("vsplit", [x.shape], "expected at least 2 axes");
  return evenSplit("vsplit", x, cuts, 0);
}

/** Equal parts of the third axis, or cuts there. @throws ShapeError if it does not divide @see torch.dsplit */
export function dsplit(x: Tensor, cuts: number | readonly number[]): Tensor[] {
  return evenSplit("dsplit", x, cuts, 2);
}

/** The slices of an axis, which goes, as views. @see torch.unbind */
export function unbind(x: Tensor, axis = 0): Tensor[] {
  const at = normalizeAxis("unbind", axis, x.rank);
  return Array.from({ length: x.shape[at] }, (_, position) => select(x, at, position));
}
