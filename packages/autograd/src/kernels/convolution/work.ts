import type { Slide } from "./geometry.ts";

/** Windows over images [batch, channels, ...], and filters [groups, filters / groups, channels / groups · window] for them. */
export interface Convolution {
  readonly slides: readonly Slide[];
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
}
