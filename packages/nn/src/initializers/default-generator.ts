import { Generator } from "@isograd/autograd";

let seeded = /* @__PURE__ */ new Generator(0);
let taken = 0;

/**
 * Restarts the random numbers that layers and shuffles use where none are passed to them.
 *
 * Each takes the next fork, so that the same program builds the same model; the seed at the start is 0.
 *
 * @see torch.manual_seed
 * @example
 * const begin = () => new Linear({ inFeatures: 2, outFeatures: 1 }).weight;
 * setSeed(7);
 * const first = begin();
 * setSeed(7);
 * sub(begin(), first); // [[0, 0]]
 */
export function setSeed(seed: number | string): void {
  seeded = new Generator(seed);
  taken = 0;
}

/**
 * The next fork of the default generator.
 *
 * @example
 * class Noise extends Module {
 *   readonly generator = nextGenerator();
 *   forward = (x: Tensor) => add(x, randn(this.generator, x.shape));
 * }
 * new Noise().call(tensor([[1, 2, 3]])).shape; // [1, 3]
 */
export function nextGenerator(): Generator {
  return seeded.fork(String(taken++));
}
