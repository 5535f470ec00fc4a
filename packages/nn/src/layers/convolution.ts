import { ArgumentError, conv2d, type Shape, type Tensor } from "@isograd/autograd";
import { checkExtent } from "./extent.ts";
import { Weighted, type WeightOptions } from "./weighted.ts";

export interface Conv2dOptions extends WeightOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** One number, or height and width. */
  readonly kernelSize: number | readonly [height: number, width: number];
  /** Default 1. */
  readonly stride?: number | readonly [height: number, width: number];
  /** Zeros on both sides; default 0. */
  readonly padding?: number | readonly [height: number, width: number];
  /** Default 1. */
  readonly dilation?: number | readonly [height: number, width: number];
  /** Channels are split into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

/**
 * Slides learnt filters over images (cross-correlation).
 *
 * [batch, inChannels, height, width] -> [batch, outChannels, height', width']; weight [outChannels, inChannels / groups, ...kernelSize],
 * bias [outChannels].
 *
 * @throws ArgumentError if groups does not divide the channels
 * @see torch.nn.Conv2d
 */
export class Conv2d extends Weighted {
  readonly stride: number | readonly [number, number];
  readonly padding: number | readonly [number, number];
  readonly dilation: number | readonly [number, number];
  readonly groups: number;

  constructor(options: Conv2dOptions) {
    super(weightShape(options), options);
    this.stride = options.stride ?? 1;
    this.padding = options.padding ?? 0;
    this.dilation = options.dilation ?? 1;
    this.groups = options.groups ?? 1;
  }

  get outputAxis(): number {
    return 1;
  }

  forward(x: Tensor): Tensor {
    const { stride, padding, dilation, groups } = this;
    return conv2d(x, this.weight, this.bias, { stride, padding, dilation, groups });
  }
}

function weightShape({ inChannels, outChannels, kernelSize, groups = 1 }: Conv2dOptions): Shape {
  const kernel = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
  checkExtent("Conv2d", "inChannels", inChannels);
  checkExtent("Conv2d", "outChannels", outChannels);
  checkExtent("Conv2d", "groups", groups);
  for (const extent of kernel) checkExtent("Conv2d", "kernelSize", extent);
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    throw new ArgumentError(
      "Conv2d",
      `expected groups that divide ${inChannels} and ${outChannels} channels`,
      groups,
    );
  }
  return [outChannels, inChannels / groups, ...kernel];
}
