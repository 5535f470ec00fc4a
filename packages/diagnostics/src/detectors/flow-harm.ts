import type { FlowProfile } from "../flow/profile.ts";
import { short } from "../words.ts";

/** A total factor on the gradient norm beyond which the first and the last layer cannot learn at one learning rate. */
export const harmfulFactor = 1e3;

/** Signals grow where gradients do: a loss of so many times that of an output of zeros has first to be unlearnt. */
const harmfulExcess = 5;

/** Inputs five times nearer than the examples come out as far apart: what is learnt of one says nothing of any that it was not learnt of. */
const harmfulRoughness = 25;

/** What all examples have in common is learnt ten thousand times faster than what sets them apart. */
const harmfulContrast = 1e-4;

/** Whether a factor is harmful in the direction of the fault. */
export const isBeyond = (factor: number, exploding: boolean): boolean =>
  exploding ? factor > harmfulFactor : factor < 1 / harmfulFactor;

/** What large signals do to the loss, in words; null: nothing. @param excess the loss as a multiple of that of an output of zeros; NaN where that is not known */
export function harmOfLoudness(excess: number): string | null {
  return excess > harmfulExcess
    ? `the loss begins at ${short(excess)} times that of an output of zeros: what chance drew has to be unlearnt first`
    : null;
}

/** What slopes do that outgrow the signals, in words; null: nothing. */
export function harmOfRoughness({ roughness }: Pick<FlowProfile, "roughness">): string | null {
  return roughness > harmfulRoughness
    ? `inputs ${short(Math.sqrt(roughness))} times nearer to each other than the examples come out as far apart: what is learnt of one says nothing of those near it`
    : null;
}

/** What signals do that vanish with their gradients, in words; null: nothing. */
export function harmOfVanishing({ contrast }: Pick<FlowProfile, "contrast">): string | null {
  return contrast < harmfulContrast
    ? `of what the weights of any layer get, ${short(contrast)} at most differs from example to example: what all have in common is learnt ${short(1 / contrast)} times faster`
    : null;
}
