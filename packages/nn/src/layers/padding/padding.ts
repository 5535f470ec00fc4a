import { ArgumentError, type PaddingWidths, ShapeError, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";

/** How many elements stand before and after those of an axis; negative: cut off. */
export type PaddingWidth = readonly [before: number, after: number];

/** The same width on all sides, or a pair for each spatial axis, in the order of the axes. */
export type Padding1d = number | readonly [PaddingWidth];
export type Padding2d = number | readonly [height: PaddingWidth, width: PaddingWidth];
export type Padding3d = number | readonly [depth: PaddingWidth, height: PaddingWidth, width: PaddingWidth];

export interface PaddingOptions<P> {
  /** One number for all sides, or a pair [before, after] for each spatial axis, in the order of the axes: PyTorch lists them from the last. */
  readonly padding: P;
}

/** A layer that adds elements around the spatial axes. */
export abstract class Padding<P extends number | PaddingWidths> extends Module {
  /** One pair a spatial axis. */
  readonly padding: PaddingWidths;

  constructor(
    readonly layer: string,
    readonly axes: number,
    { padding }: PaddingOptions<P>,
  ) {
    super();
    const widths: unknown =
      typeof padding === "number" ? new Array<PaddingWidth>(axes).fill([padding, padding]) : padding;
    if (!isWidths(widths, axes)) {
      const rule = `expected one integer, or ${axes} pairs of them, as padding`;
      throw new ArgumentError(layer, rule, padding);
    }
    this.padding = widths;
  }

  forward(x: Tensor): Tensor {
    const { axes, padding } = this;
    if (x.rank !== axes + 1 && x.rank !== axes + 2) {
      const rule = `expected [batch, channels, ...${axes} spatial axes], or the same without batch`;
      throw new ShapeError(this.layer, [x.shape], rule);
    }
    return this.surround(x, [...new Array<PaddingWidth>(x.rank - axes).fill([0, 0]), ...padding]);
  }

  protected abstract surround(x: Tensor, widths: PaddingWidths): Tensor;
}

const isWidths = (widths: unknown, axes: number): widths is PaddingWidths =>
  Array.isArray(widths) &&
  widths.length === axes &&
  widths.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isInteger));
