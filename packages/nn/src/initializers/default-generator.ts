import { Generator } from "@isograd/autograd";

let seeded = /* @__PURE__ */ new Generator(0);
let taken = 0;

/**
 * Restarts the random numbers that layers and shuffles use where none are passed to them.
 *
 * Each takes the next fork, so that the same program builds the same model; the seed at the start is 0.
 *
 * @see torch.manual_seed
 */
export function setSeed(seed: number | string): void {
  seeded = new Generator(seed);
  taken = 0;
}

/** The next fork of the default generator. */
export function nextGenerator(): Generator {
  return seeded.fork(String(taken++));
}
