import { ArgumentError, type Shape } from "@isograd/autograd";
import type { Fans } from "../../initializers/initializer.ts";
import { checkExtent, type Extents, extentsOf } from "../extent.ts";
import type { WeightOptions } from "../weighted.ts";

/** What all layers with filters are made from. */
export interface FilterOptions<E extends Extents> extends WeightOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** One number, or one a spatial axis. */
  readonly kernelSize: E;
  /** Default 1. */
  readonly stride?: E;
  /** Default 1. */
  readonly dilation?: E;
  /** Channels are split into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

/** The shape of the filters of a convolution, and how many numbers meet in each element, or spring from it, at a stride of 1. */
export interface Filters extends Fans {
  /** [outChannels, inChannels / groups, ...kernelSize] */
  readonly shape: Shape;
}

/** @throws ArgumentError unless channels, groups and kernel are positive integers and the groups divide the channels */
export function filtersOf(
  layer: string,
  axes: number,
  { inChannels, outChannels, kernelSize, groups = 1 }: FilterOptions<Extents>,
): Filters {
  const kernel = extentsOf(layer, "kernelSize", kernelSize, axes);
  checkExtent(layer, "inChannels", inChannels);
  checkExtent(layer, "outChannels", outChannels);
  checkExtent(layer, "groups", groups);
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    const rule = `expected groups that divide ${inChannels} and ${outChannels} channels`;
    throw new ArgumentError(layer, rule, groups);
  }
  const size = kernel.reduce((product, extent) => product * extent, 1);
  return {
    shape: [outChannels, inChannels / groups, ...kernel],
    fanIn: (inChannels / groups) * size,
    fanOut: (outChannels / groups) * size,
  };
}
