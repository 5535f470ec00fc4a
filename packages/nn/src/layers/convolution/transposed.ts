import {
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  ShapeError,
  type Tensor,
  type TransposedConvolutionOptions,
} from "@isograd/autograd";
import type { Initializer } from "../../initializers/initializer.ts";
import { varianceScaling } from "../../initializers/variance-scaling.ts";
import { type Extents, type Extents1d, type Extents2d, type Extents3d, extentsOf } from "../extent.ts";
import { Weighted } from "../weighted.ts";
import { type FilterOptions, filtersOf } from "./filters.ts";

export interface ConvTransposeOptions<E extends Extents> extends FilterOptions<E> {
  /** Cut from both sides of each spatial axis of the result; default 0. */
  readonly padding?: E;
  /** Added behind each spatial axis of the result, less than stride or dilation; default 0. */
  readonly outputPadding?: E;
  /** Default: uniform within ±1/√fanOut, as PyTorch's begins. */
  readonly weightInit?: Initializer;
  /** Default: uniform within ±1/√fanOut of the weight. */
  readonly biasInit?: Initializer;
}

export type ConvTranspose1dOptions = ConvTransposeOptions<Extents1d>;
export type ConvTranspose2dOptions = ConvTransposeOptions<Extents2d>;
export type ConvTranspose3dOptions = ConvTransposeOptions<Extents3d>;

const fanOutUniform: Initializer = /* @__PURE__ */ varianceScaling({
  scale: 1 / 3,
  mode: "fanOut",
  distribution: "uniform",
});

/** What the layers have in common: filters that each element is spread over. */
abstract class TransposedConvolution<E extends Extents> extends Weighted<
  readonly [x: Tensor, outputSize?: readonly number[]]
> {
  readonly stride: E | 1;
  readonly padding: E | 0;
  readonly outputPadding: E | 0;
  readonly dilation: E | 1;
  readonly groups: number;

  constructor(
    readonly axes: number,
    options: ConvTransposeOptions<E>,
  ) {
    const layer = `ConvTranspose${axes}d`;
    const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1 } = options;
    const filters = filtersOf(layer, axes, options);
    const [outChannels, , ...kernel] = filters.shape;
    super(
      { ...filters, shape: [options.inChannels, outChannels / groups, ...kernel], outputs: outChannels },
      { weightInit: fanOutUniform, biasInit: fanOutUniform, ...options },
    );
    extentsOf(layer, "stride", stride, axes);
    extentsOf(layer, "padding", padding, axes, 0);
    extentsOf(layer, "outputPadding", outputPadding, axes, 0);
    extentsOf(layer, "dilation", dilation, axes);
    this.stride = stride;
    this.padding = padding;
    this.outputPadding = outputPadding;
    this.dilation = dilation;
    this.groups = groups;
  }

  get outputAxis(): number {
    return -this.axes - 1;
  }

  override get weightAxis(): number | null {
    return this.groups === 1 ? 1 : null;
  }

  /**
   * @param outputSize the spatial extents of the result, where the stride lets several fit: in place of `outputPadding`
   * @throws ShapeError if the result cannot be of that size
   */
  forward(x: Tensor, outputSize?: readonly number[]): Tensor {
    const { stride, padding, dilation, groups } = this;
    const outputPadding = outputSize === undefined ? this.outputPadding : this.lacking(x, outputSize);
    return this.convolve(x, { stride, padding, outputPadding, dilation, groups });
  }

  protected abstract convolve(x: Tensor, options: TransposedConvolutionOptions): Tensor;

  /** What has to be added behind each axis for an output of the given extents. */
  private lacking(x: Tensor, outputSize: readonly number[]): number[] {
    const { axes, weight } = this;
    const layer = `ConvTranspose${axes}d`;
    const strides = extentsOf(layer, "stride", this.stride, axes);
    const dilations = extentsOf(layer, "dilation", this.dilation, axes);
    const cut = extentsOf(layer, "padding", this.padding, axes, 0);
    const least = strides.map((stride, axis) => {
      const spread = (x.shape[x.rank - axes + axis] - 1) * stride;
      return spread + dilations[axis] * (weight.shape[axis + 2] - 1) + 1 - 2 * cut[axis];
    });
    const more = least.map((extent, axis) => outputSize[axis] - extent);
    if (outputSize.length !== axes || more.some((each, axis) => !(each >= 0 && each < strides[axis]))) {
      const most = least.map((extent, axis) => extent + strides[axis] - 1);
      throw new ShapeError(
        layer,
        [x.shape, outputSize],
        `expected a size from [${least.join(", ")}] to [${most.join(", ")}]`,
      );
    }
    return more;
  }
}

/**
 * Spreads each element of a sequence over a learnt filter: the adjoint of `Conv1d`.
 *
 * [batch, inChannels, length] -> [batch, outChannels, length'], length' as height' in `ConvTranspose2d`; or without batch. Weight
 * [inChannels, outChannels / groups, kernelSize], bias [outChannels].
 *
 * @throws ArgumentError as `ConvTranspose2d`
 * @see torch.nn.ConvTranspose1d
 * @example
 * const spread = new ConvTranspose1d({ inChannels: 1, outChannels: 1, kernelSize: 2, stride: 2, weightInit: ones, bias: false });
 * spread.call(tensor([[[1, 2]]])); // [[[1, 1, 2, 2]]]
 * const layer = new ConvTranspose1d({ inChannels: 8, outChannels: 2, kernelSize: 4, stride: 2, padding: 1 });
 * layer.call(full([1, 8, 5], 1)).shape; // [1, 2, 10]
 */
export class ConvTranspose1d extends TransposedConvolution<Extents1d> {
  constructor(options: ConvTranspose1dOptions) {
    super(1, options);
  }

  protected convolve(x: Tensor, options: TransposedConvolutionOptions): Tensor {
    return convTranspose1d(x, this.weight, this.bias, options);
  }
}

/**
 * Spreads each pixel over a learnt filter: the adjoint of `Conv2d`.
 *
 * [batch, inChannels, height, width] -> [batch, outChannels, height', width'], height' = (height - 1) stride - 2 padding + dilation (kernelSize - 1)
 * + outputPadding + 1; or without batch. Weight [inChannels, outChannels / groups, ...kernelSize], bias [outChannels]. Its fan in, which
 * initializers go by, is inChannels / groups times the size of the kernel.
 *
 * @throws ArgumentError if an option is out of range or groups do not divide the channels; when called, if the output padding is not less than
 * stride or dilation
 * @see torch.nn.ConvTranspose2d
 * @example
 * const layer = new ConvTranspose2d({ inChannels: 16, outChannels: 3, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1 });
 * layer.call(full([1, 16, 4, 4], 1)).shape; // [1, 3, 8, 8]
 */
export class ConvTranspose2d extends TransposedConvolution<Extents2d> {
  constructor(options: ConvTranspose2dOptions) {
    super(2, options);
  }

  protected convolve(x: Tensor, options: TransposedConvolutionOptions): Tensor {
    return convTranspose2d(x, this.weight, this.bias, options);
  }
}

/**
 * Spreads each element of a volume over a learnt filter: the adjoint of `Conv3d`.
 *
 * [batch, inChannels, depth, height, width] -> [batch, outChannels, depth', height', width'], extents as in `ConvTranspose2d`; or without batch.
 * Weight [inChannels, outChannels / groups, ...kernelSize], bias [outChannels].
 *
 * @throws ArgumentError as `ConvTranspose2d`
 * @see torch.nn.ConvTranspose3d
 * @example
 * const layer = new ConvTranspose3d({ inChannels: 4, outChannels: 1, kernelSize: 2, stride: 2 });
 * layer.call(full([1, 4, 2, 2, 2], 1)).shape; // [1, 1, 4, 4, 4]
 */
export class ConvTranspose3d extends TransposedConvolution<Extents3d> {
  constructor(options: ConvTranspose3dOptions) {
    super(3, options);
  }

  protected convolve(x: Tensor, options: TransposedConvolutionOptions): Tensor {
    return convTranspose3d(x, this.weight, this.bias, options);
  }
}
