import { ArgumentError, add, cast, div, mul, ShapeError, sub, type Tensor, tensor } from "@isograd/autograd";
import type { Stateful } from "../../module/stateful.ts";
import { type Column, columnTensor } from "../dataset.ts";
import { columnsAlong } from "./columns.ts";
import { minMax, type Norm, robust, standard } from "./norms.ts";

/** All that a normalizer is: plain data. */
export interface NormalizerState {
  /** The axis of the columns or channels, counted from the end: -1 is the last. Null: one shift and one scale for all. */
  readonly axis: number | null;
  /** What is subtracted, one number a column. */
  readonly shift: ArrayLike<number>;
  /** What is divided by, one number a column, never 0. */
  readonly scale: ArrayLike<number>;
}

export interface NormalizerOptions {
  /**
   * `standard` (default): mean 0 and deviation 1; `minMax`: into a range; `robust`: median 0 and distance 1 between quantiles, which a few wild values
   * do not move.
   */
  readonly method?: "standard" | "minMax" | "robust";
  /** The axis of the columns or channels; default: the second. Null: one for all numbers, as for data [rows]. */
  readonly axis?: number | null;
  /** Only for `minMax`: where the smallest and the largest go; default [0, 1]. */
  readonly range?: readonly [low: number, high: number];
  /** Only for `robust`: which quantiles; default [0.25, 0.75]. */
  readonly quantiles?: readonly [low: number, high: number];
}

/**
 * Shifts and scales columns, or channels, by numbers of its own: (x - shift) / scale, and back.
 *
 * Computed in double precision, differentiable, and rounded once to the element type of what comes; whole numbers become `f32`.
 *
 * @example
 * const saved = new Normalizer({ axis: -1, shift: [10, 0], scale: [2, 1] });
 * saved.apply(tensor([[14, 3]])); // [[2, 3]]
 * saved.invert(tensor([[2, 3]])); // [[14, 3]]
 */
export class Normalizer implements Stateful<NormalizerState> {
  #axis: number | null = null;
  #shift = new Float64Array(1);
  #scale = new Float64Array(1).fill(1);

  /** @throws ArgumentError unless there are as many shifts as scales, finite, and no scale is 0 */
  constructor(state: NormalizerState) {
    this.state = state;
  }

  get state(): NormalizerState {
    return { axis: this.#axis, shift: this.#shift.slice(), scale: this.#scale.slice() };
  }

  set state({ axis, shift, scale }: NormalizerState) {
    const areFinite = (list: ArrayLike<number>): boolean => Array.from(list).every(Number.isFinite);
    if (axis !== null && !(Number.isInteger(axis) && axis < 0))
      throw new ArgumentError("Normalizer.state", "expected an axis counted from the end, or null", axis);
    if (shift.length !== scale.length || (axis === null && scale.length !== 1) || !areFinite(shift))
      throw new ArgumentError(
        "Normalizer.state",
        "expected a finite shift for each scale",
        Array.from(shift),
      );
    if (!areFinite(scale) || Array.from(scale).includes(0))
      throw new ArgumentError(
        "Normalizer.state",
        "expected scales that are finite and not 0",
        Array.from(scale),
      );
    this.#axis = axis;
    this.#shift = Float64Array.from(shift);
    this.#scale = Float64Array.from(scale);
  }

  /** The data, normalized. @throws ShapeError unless it has as many columns, or channels */
  apply(data: Column): Tensor {
    return this.#affine(data, (x, shift, scale) => div(sub(x, shift), scale));
  }

  /** What was normalized, or predicted in such units, in the units from before. @throws ShapeError unless it has as many columns, or channels */
  invert(data: Column): Tensor {
    return this.#affine(data, (x, shift, scale) => add(mul(x, scale), shift));
  }

  #affine(data: Column, f: (x: Tensor, shift: Tensor, scale: Tensor) => Tensor): Tensor {
    const x = columnTensor("Normalizer", "the data", data);
    const columns = this.#scale.length;
    const [axis, back] = [this.#axis, this.#axis ?? 0];
    if (axis !== null && (x.rank < -axis || x.shape[x.rank + axis] !== columns))
      throw new ShapeError(
        "Normalizer",
        [x.shape],
        `expected ${columns} columns at axis ${axis}, counted from the end`,
      );
    const shape = [columns, ...new Array<number>(Math.max(0, -back - 1)).fill(1)];
    const [shift, scale] = [this.#shift, this.#scale].map((list) => tensor(list, { shape }));
    return cast(f(cast(x, "f64"), shift, scale), x.dtype === "f64" ? "f64" : "f32");
  }
}

/**
 * A normalizer with the statistics of `data`: pass it the training data alone, or what is to be unknown shines through.
 *
 * A column whose numbers are all the same is shifted, not scaled.
 *
 * @param data [rows, columns], [rows, channels, height, width] or any other shape; [rows] has one statistic
 * @throws ArgumentError if there are no numbers, or an option does not fit the method; NonFiniteError naming row and column of a NaN or infinity,
 *   or if the range of a column is too large for double precision
 * @see sklearn.preprocessing.StandardScaler, MinMaxScaler, RobustScaler
 * @example
 * const scaling = normalizer(tensor([[1, 10], [3, 10]]));
 * scaling.apply(tensor([[5, 12]])); // [[3, 2]]
 * scaling.state.shift; // [2, 10]
 */
export function normalizer(data: Column, options: NormalizerOptions = {}): Normalizer {
  const { method = "standard", range, quantiles } = options;
  const x = columnTensor("normalizer", "the data", data);
  const axis = options.axis === undefined ? (x.rank === 1 ? null : 1) : options.axis;
  if (axis !== null && !(Number.isInteger(axis) && axis >= -x.rank && axis < x.rank))
    throw new ArgumentError("normalizer", `expected an axis from 0 to ${x.rank - 1}, or null`, axis);
  if ((range !== undefined && method !== "minMax") || (quantiles !== undefined && method !== "robust"))
    throw new ArgumentError(
      "normalizer",
      "expected a range only for minMax, quantiles only for robust",
      method,
    );
  const norms: Record<typeof method, () => Norm> = {
    standard: () => standard,
    minMax: () => minMax(range),
    robust: () => robust(quantiles),
  };
  if (!Object.hasOwn(norms, method))
    throw new ArgumentError("normalizer", "expected standard, minMax or robust", method);
  const found = Array.from(columnsAlong("normalizer", x, axis), norms[method]());
  return new Normalizer({
    axis: axis === null || axis < 0 ? axis : axis - x.rank,
    shift: found.map(({ shift }) => shift),
    scale: found.map(({ scale }) => scale),
  });
}
