import { allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { combineRows, scaleRows, weighedSums } from "./channel-rows.ts";
import { rowMoments } from "./moments.ts";
import { computeRows, fromRows, type RowKernel, toRows } from "./rows.ts";
import type { Strided } from "./strided.ts";
import type { Floats } from "./wasm/elementwise/program.ts";

/** How channels, the second axis, are normalised. */
export interface ChannelNormalization {
  /** How many groups of channels there are; those of a group are normalised together. */
  readonly groups: number;
  /** Whether examples, the first axis, are normalised together. */
  readonly overBatch: boolean;
  /** Added to the variance. */
  readonly eps: number;
}

/** Shorter rows of one channel are put together from all examples. */
const shortRow = 32;

/** The rows of one normalisation: how they lie, and which belong together. */
class Channels {
  readonly rows: number;
  readonly columns: number;
  /** How many sets of rows are normalised together. */
  readonly sets: number;
  readonly #axes: readonly number[];
  readonly #channels: number;
  readonly #perGroup: number;

  constructor(
    readonly shape: Shape,
    readonly how: ChannelNormalization,
    readonly dtype: Dtype,
  ) {
    const [examples, channels] = shape;
    const across = sizeOf(shape.slice(2));
    const joined = how.overBatch && across < shortRow;
    this.#axes = shape.flatMap((_, axis) => (axis > 1 || (axis === 0 && joined) ? [axis] : []));
    this.rows = joined ? channels : examples * channels;
    this.columns = joined ? examples * across : across;
    this.#channels = channels;
    this.#perGroup = channels / how.groups;
    this.sets = how.groups * (how.overBatch ? 1 : examples);
  }

  read(x: Strided): Floats {
    return toRows(x, this.#axes, this.dtype);
  }

  write(rows: TypedArray): TypedArray {
    return fromRows(rows, this.shape, this.#axes);
  }

  compute(kernel: RowKernel, inputs: readonly Floats[], outputs: readonly Floats[]): void {
    const { rows, columns, dtype } = this;
    computeRows(kernel, dtype, { rows, columns, inputs, outputs });
  }

  /** Calls `visit` for each row, with its channel and which set it belongs to. */
  eachRow(visit: (row: number, channel: number, set: number) => void): void {
    const { groups, overBatch } = this.how;
    for (let row = 0; row < this.rows; row++) {
      const channel = row % this.#channels;
      const group = Math.floor(channel / this.#perGroup);
      visit(row, channel, overBatch ? group : Math.floor(row / this.#channels) * groups + group);
    }
  }

  /** A number of double precision for each row. */
  column(): Float64Array {
    return new Float64Array(this.rows);
  }

  moments(x: Floats): Record<"mean" | "variance" | "rstd", Float64Array> {
    const [means, squares] = [this.column(), this.column()];
    this.compute(rowMoments, [x], [means, squares]);
    const [mean, variance, rstd] = [0, 1, 2].map(() => new Float64Array(this.sets));
    const rowsOfSet = this.rows / this.sets;
    this.eachRow((row, _, set) => {
      mean[set] += means[row] / rowsOfSet;
    });
    // About the mean of all a row's squares are what they are about its own, and its distance for each number.
    this.eachRow((row, _, set) => {
      variance[set] += (squares[row] / this.columns + (means[row] - mean[set]) ** 2) / rowsOfSet;
    });
    for (let set = 0; set < this.sets; set++) rstd[set] = 1 / Math.sqrt(variance[set] + this.how.eps);
    return { mean, variance, rstd };
  }

  /** The mean of each row's set, Σ g of each row, and Σ g (x - mean). */
  sums(g: Floats, x: Floats, mean: Float64Array): Record<"means" | "totals" | "weighed", Float64Array> {
    const [means, totals, weighed] = [this.column(), this.column(), this.column()];
    this.eachRow((row, _, set) => {
      means[row] = mean[set];
    });
    this.compute(weighedSums, [g, x, means], [totals, weighed]);
    return { means, totals, weighed };
  }
}

const inDoubles = (x: Strided): Floats => toRows(x, [], "f64");
const rounded = (values: Float64Array, dtype: Dtype): TypedArray =>
  dtype === "f64" ? values : Float32Array.from(values);

/** (x - mean)/√(variance + eps) weight + bias, and of each set mean, variance and 1/√(variance + eps). */
export function normalizeChannels(
  [x, weight, bias]: readonly Strided[],
  how: ChannelNormalization,
  dtype: Dtype,
): TypedArray[] {
  const channels = new Channels(x.shape, how, dtype);
  const numbers = channels.read(x);
  const { mean, variance, rstd } = channels.moments(numbers);
  const [weights, biases] = [inDoubles(weight), inDoubles(bias)];
  const [means, factors, shifts] = [channels.column(), channels.column(), channels.column()];
  channels.eachRow((row, channel, set) => {
    means[row] = mean[set];
    factors[row] = rstd[set] * weights[channel];
    shifts[row] = biases[channel];
  });
  const out = allocateUncleared(dtype, sizeOf(x.shape)) as Floats;
  channels.compute(scaleRows, [numbers, means, factors, shifts], [out]);
  return [channels.write(out), ...[mean, variance, rstd].map((values) => rounded(values, dtype))];
}

/** The pullback to x. */
export function normalizeChannelsPullback(
  [cotangent, x, weight]: readonly Strided[],
  how: ChannelNormalization,
  dtype: Dtype,
): TypedArray {
  const channels = new Channels(x.shape, how, dtype);
  const [g, numbers, weights] = [channels.read(cotangent), channels.read(x), inDoubles(weight)];
  const { mean, rstd } = channels.moments(numbers);
  const { means, totals, weighed } = channels.sums(g, numbers, mean);
  const count = (channels.rows * channels.columns) / channels.sets;
  const [total, along] = [new Float64Array(channels.sets), new Float64Array(channels.sets)];
  channels.eachRow((row, channel, set) => {
    total[set] += (weights[channel] * totals[row]) / count;
    along[set] += (weights[channel] * weighed[row]) / count;
  });
  const [factors, slopes, shifts] = [channels.column(), channels.column(), channels.column()];
  channels.eachRow((row, channel, set) => {
    const r = rstd[set];
    factors[row] = r * weights[channel];
    slopes[row] = r * r * r * along[set];
    shifts[row] = r * total[set];
  });
  const out = allocateUncleared(dtype, sizeOf(x.shape)) as Floats;
  channels.compute(combineRows, [g, numbers, means, factors, slopes, shifts], [out]);
  return channels.write(out);
}

/** The pullback to the weight. */
export function normalizeChannelsToWeight(
  [cotangent, x]: readonly Strided[],
  how: ChannelNormalization,
  dtype: Dtype,
): TypedArray {
  const channels = new Channels(x.shape, how, dtype);
  const [g, numbers] = [channels.read(cotangent), channels.read(x)];
  const { mean, rstd } = channels.moments(numbers);
  const { weighed } = channels.sums(g, numbers, mean);
  const out = new Float64Array(x.shape[1]);
  // Nothing has no mean, but it adds nothing.
  if (channels.columns === 0) return rounded(out, dtype);
  channels.eachRow((row, channel, set) => {
    out[channel] += rstd[set] * weighed[row];
  });
  return rounded(out, dtype);
}
