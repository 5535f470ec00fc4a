import {
  ArgumentError,
  type ConvolutionOptions,
  conv1d,
  conv2d,
  conv3d,
  type Tensor,
} from "@isograd/autograd";
import { type Extents, type Extents1d, type Extents2d, type Extents3d, extentsOf } from "../extent.ts";
import { type Surrounding, surround } from "../padding/surround.ts";
import { Weighted } from "../weighted.ts";
import { type FilterOptions, filtersOf } from "./filters.ts";

export interface ConvOptions<E extends Extents> extends FilterOptions<E> {
  /** Elements added on both sides of each spatial axis; default 0. `"valid"` adds none; `"same"` as many as keep the extents, the odd one behind. */
  readonly padding?: E | "valid" | "same";
  /** What is added; default `"zeros"`. */
  readonly paddingMode?: "zeros" | Surrounding;
}

export type Conv1dOptions = ConvOptions<Extents1d>;
export type Conv2dOptions = ConvOptions<Extents2d>;
export type Conv3dOptions = ConvOptions<Extents3d>;

/** What the layers have in common: filters that slide over some number of spatial axes. */
abstract class Convolution<E extends Extents> extends Weighted {
  readonly stride: E | 1;
  readonly padding: E | 0 | "valid" | "same";
  readonly dilation: E | 1;
  readonly groups: number;
  readonly paddingMode: "zeros" | Surrounding;

  constructor(
    readonly axes: number,
    options: ConvOptions<E>,
  ) {
    const layer = `Conv${axes}d`;
    const { stride = 1, padding = 0, dilation = 1, groups = 1, paddingMode = "zeros" } = options;
    super(filtersOf(layer, axes, options), options);
    const strides = extentsOf(layer, "stride", stride, axes);
    extentsOf(layer, "dilation", dilation, axes);
    if (typeof padding !== "string") extentsOf(layer, "padding", padding, axes, 0);
    else if (padding !== "same" && padding !== "valid")
      throw new ArgumentError(layer, 'expected padding of "same", "valid" or numbers', padding);
    if (padding === "same" && strides.some((each) => each !== 1))
      throw new ArgumentError(layer, 'expected a stride of 1 for padding "same"', stride);
    if (paddingMode !== "zeros" && !Object.hasOwn(surround, paddingMode)) {
      const rule = `expected a paddingMode of zeros, ${Object.keys(surround).join(", ")}`;
      throw new ArgumentError(layer, rule, paddingMode);
    }
    this.stride = stride;
    this.padding = padding;
    this.dilation = dilation;
    this.groups = groups;
    this.paddingMode = paddingMode;
  }

  /** Counted from the last axis, so that it holds without a batch too. */
  get outputAxis(): number {
    return -this.axes - 1;
  }

  forward(x: Tensor): Tensor {
    const { stride, padding, dilation, groups, paddingMode } = this;
    if (paddingMode === "zeros") return this.convolve(x, { stride, padding, dilation, groups });
    const padded = surround[paddingMode](x, [
      ...new Array<readonly [0, 0]>(x.rank - this.axes).fill([0, 0]),
      ...this.widths(),
    ]);
    return this.convolve(padded, { stride, dilation, groups });
  }

  protected abstract convolve(x: Tensor, options: ConvolutionOptions): Tensor;

  /** How much is added before and after each spatial axis. */
  private widths(): (readonly [number, number])[] {
    const { axes, padding, dilation, weight } = this;
    if (padding === "same") {
      return extentsOf("", "", dilation, axes).map((apart, axis) => {
        const total = apart * (weight.shape[axis + 2] - 1);
        return [Math.floor(total / 2), Math.ceil(total / 2)];
      });
    }
    return extentsOf("", "", padding === "valid" ? 0 : padding, axes, 0).map((width) => [width, width]);
  }
}

/**
 * Slides learnt filters over sequences (cross-correlation).
 *
 * [batch, inChannels, length] -> [batch, outChannels, length'], length' as height' in `Conv2d`; or without batch. Weight
 * [outChannels, inChannels / groups, kernelSize], bias [outChannels].
 *
 * @throws ArgumentError as `Conv2d`
 * @see torch.nn.Conv1d
 * @example
 * const pairs = new Conv1d({ inChannels: 1, outChannels: 1, kernelSize: 2, weightInit: ones, bias: false });
 * pairs.call(tensor([[[1, 2, 3, 4]]])); // [[[3, 5, 7]]]
 * const layer = new Conv1d({ inChannels: 2, outChannels: 8, kernelSize: 5, padding: "same", paddingMode: "circular" });
 * layer.call(full([1, 2, 10], 1)).shape; // [1, 8, 10]
 */
export class Conv1d extends Convolution<Extents1d> {
  constructor(options: Conv1dOptions) {
    super(1, options);
  }

  protected convolve(x: Tensor, options: ConvolutionOptions): Tensor {
    return conv1d(x, this.weight, this.bias, options);
  }
}

/**
 * Slides learnt filters over images (cross-correlation).
 *
 * [batch, inChannels, height, width] -> [batch, outChannels, height', width'], height' = floor((height + 2 padding - dilation (kernelSize - 1) - 1)
 * / stride) + 1; or without batch. Weight [outChannels, inChannels / groups, ...kernelSize], bias [outChannels].
 *
 * @throws ArgumentError if an option is out of range, groups do not divide the channels, or `"same"` meets a stride
 * @see torch.nn.Conv2d
 * @example
 * const layer = new Conv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 5], stride: 2, padding: [1, 2] });
 * layer.call(full([1, 3, 8, 10], 1)).shape; // [1, 16, 4, 5]
 */
export class Conv2d extends Convolution<Extents2d> {
  constructor(options: Conv2dOptions) {
    super(2, options);
  }

  protected convolve(x: Tensor, options: ConvolutionOptions): Tensor {
    return conv2d(x, this.weight, this.bias, options);
  }
}

/**
 * Slides learnt filters over volumes (cross-correlation).
 *
 * [batch, inChannels, depth, height, width] -> [batch, outChannels, depth', height', width'], extents as in `Conv2d`; or without batch. Weight
 * [outChannels, inChannels / groups, ...kernelSize], bias [outChannels].
 *
 * @throws ArgumentError as `Conv2d`
 * @see torch.nn.Conv3d
 * @example
 * const layer = new Conv3d({ inChannels: 1, outChannels: 4, kernelSize: 3, padding: 1 });
 * layer.call(full([1, 1, 4, 5, 6], 1)).shape; // [1, 4, 4, 5, 6]
 */
export class Conv3d extends Convolution<Extents3d> {
  constructor(options: Conv3dOptions) {
    super(3, options);
  }

  protected convolve(x: Tensor, options: ConvolutionOptions): Tensor {
    return conv3d(x, this.weight, this.bias, options);
  }
}
