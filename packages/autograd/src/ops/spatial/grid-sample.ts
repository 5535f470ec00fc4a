import { ArgumentError, ShapeError } from "../../errors.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul, sub } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { clamp, eq, gt, where } from "../elementwise/choice.ts";
import { logicalNot } from "../elementwise/logic.ts";
import { floor, round } from "../elementwise/rounding.ts";
import { gather } from "../indexing/gather.ts";
import { expand, reshape } from "../movement/movement.ts";
import { select } from "../movement/select.ts";
import { distanceTo, type GridPadding, gridPaddings } from "./grid-padding.ts";

export interface GridSampleOptions {
  /** `bicubic` only for images; default `"bilinear"`, which for volumes is trilinear. */
  readonly mode?: "bilinear" | "nearest" | "bicubic";
  /** What lies outside: zeros, the outermost element, or the mirror image; default `"zeros"`. */
  readonly paddingMode?: keyof typeof gridPaddings;
  /** -1 and 1 are the centres of the outermost elements, instead of their outer edges; default false. */
  readonly alignCorners?: boolean;
}

/** An element that a sample reads along one axis: its place (a whole number, a constant) and its weight. */
interface Tap {
  readonly place: Tensor;
  readonly weight: Tensor;
}

/** The taps of samples at positions along an axis. */
type Interpolation = (position: Tensor, pad: (position: Tensor) => Tensor) => readonly Tap[];

const bilinear: Interpolation = (position, pad) => {
  const inside = pad(position);
  const place = floor(inside);
  const part = sub(inside, place);
  return [
    { place, weight: sub(1, part) },
    { place: add(place, 1), weight: part },
  ];
};

/** The weight is one, or NaN where the position is. */
const nearest: Interpolation = (position, pad) => {
  const place = round(pad(position));
  return [{ place, weight: where(eq(place, place), 1, place) }];
};

/** Four elements around the position; each is padded by itself. @see Keys 1981, "Cubic convolution interpolation", with a = -3/4 */
const bicubic: Interpolation = (position, pad) => {
  const place = floor(position);
  const part = sub(position, place);
  const near = (t: Tensor): Tensor => add(mul(mul(sub(mul(t, 1.25), 2.25), t), t), 1);
  const far = (t: Tensor): Tensor => add(mul(sub(mul(add(mul(t, -0.75), 3.75), t), 6), t), 3);
  const weights = [far(add(part, 1)), near(part), near(sub(1, part)), far(sub(2, part))];
  return weights.map((weight, k) => ({ place: pad(add(place, k - 1)), weight }));
};

const interpolations = { bilinear, nearest, bicubic } as const;

/** A tap with what outside of the axis is taken out: weight 0, and a place that can be read. */
interface InnerTap {
  readonly inside: Tensor;
  readonly index: Tensor;
  readonly weight: Tensor;
}

function innerTap({ place, weight }: Tap, extent: number): InnerTap {
  const middle = (extent - 1) / 2;
  // A place that is NaN counts as inside: its weight is NaN, and so is the sample.
  const inside = logicalNot(gt(distanceTo(place, middle), middle));
  return {
    inside,
    index: cast(clamp(place, 0, extent - 1), "i32"),
    weight: where(inside, weight, 0),
  };
}

/**
 * Reads images or volumes at positions that a grid gives, interpolating; differentiable in both.
 *
 * @param x    [batch, channels, height, width] or [batch, channels, depth, height, width]
 * @param grid [batch, height', width', 2] or [batch, depth', height', width', 3]: x, y and z, from -1 to 1 across the image
 * @returns [batch, channels, height', width'] or [batch, channels, depth', height', width']
 * @throws ShapeError if the shapes do not fit or a spatial axis is empty; ArgumentError if there is no such mode
 * @see torch.nn.functional.grid_sample
 * @example
 * gridSample(tensor([[[[1, 2], [3, 4]]]]), tensor([[[[0, 0], [-0.5, 0.5]]]])); // [[[[2.5, 3]]]]
 */
export function gridSample(x: Tensor, grid: Tensor, options: GridSampleOptions = {}): Tensor {
  const { mode = "bilinear", paddingMode = "zeros", alignCorners = false } = options;
  const axes = x.rank - 2;
  if (!Object.hasOwn(interpolations, mode) || (mode === "bicubic" && axes !== 2))
    throw new ArgumentError("gridSample", "expected bilinear, nearest, or for images bicubic", mode);
  if (!Object.hasOwn(gridPaddings, paddingMode))
    throw new ArgumentError("gridSample", "expected the padding zeros, border or reflection", paddingMode);
  const [batch, channels, ...extents] = x.shape;
  if (
    (axes !== 2 && axes !== 3) ||
    grid.rank !== x.rank ||
    grid.shape[0] !== batch ||
    grid.shape[axes + 1] !== axes ||
    extents.includes(0)
  ) {
    throw new ShapeError(
      "gridSample",
      [x.shape, grid.shape],
      "expected [batch, channels, height, width] and [batch, height', width', 2], or the same with a depth and 3",
    );
  }
  const places = grid.shape.slice(1, -1);
  const count = sizeOf(places);
  const padding: GridPadding = gridPaddings[paddingMode];
  const taps = extents.map((extent, k) => {
    const coordinate = reshape(select(grid, -1, axes - 1 - k), [batch, 1, count]);
    const position = alignCorners
      ? mul(add(coordinate, 1), (extent - 1) / 2)
      : sub(mul(add(coordinate, 1), extent / 2), 0.5);
    const found = interpolations[mode](position, (at) => padding(at, extent, alignCorners));
    return found.map((tap) => innerTap(tap, extent));
  });
  const elements = reshape(x, [batch, channels, sizeOf(extents)]);
  const samples = products(taps, extents).map(({ inside, index, weight }) => {
    const picked = gather(elements, -1, expand(index, [batch, channels, count]));
    return mul(where(inside, picked, 0), weight);
  });
  return reshape(
    samples.reduce((total, sample) => add(total, sample)),
    [batch, channels, ...places],
  );
}

/** Every choice of one tap an axis, as one tap of the flattened axes. */
function products(
  [first, ...others]: readonly (readonly InnerTap[])[],
  extents: readonly number[],
): InnerTap[] {
  let result = [...first];
  others.forEach((inner, k) => {
    result = result.flatMap((a) =>
      inner.map((b) => ({
        inside: mul(a.inside, b.inside),
        index: add(mul(a.index, extents[k + 1]), b.index),
        weight: mul(a.weight, b.weight),
      })),
    );
  });
  return result;
}
