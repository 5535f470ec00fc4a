import type { Schedule } from "./schedule.ts";

/**
 * The rate times `factor(step)`.
 *
 * @see torch.optim.lr_scheduler.LambdaLR
 * @example
 * const rate = lambdaLR((step) => 1 / Math.sqrt(1 + step));
 * [0, 3, 99].map((step) => rate(step, 1)); // [1, 0.5, 0.1]
 */
export const lambdaLR =
  (factor: (step: number) => number): Schedule =>
  (step, base) =>
    base * factor(step);

/**
 * The rate times `factor(1) · … · factor(step)`.
 *
 * @param factor a pure function: each step in order asks for one more factor, a step back for all of them
 * @see torch.optim.lr_scheduler.MultiplicativeLR
 * @example
 * const rate = multiplicativeLR((step) => (step % 10 === 0 ? 0.5 : 1));
 * [0, 9, 10, 20].map((step) => rate(step, 1)); // [1, 1, 0.5, 0.25]
 */
export function multiplicativeLR(factor: (step: number) => number): Schedule {
  let known = { step: 0, product: 1 };
  return lambdaLR((step) => {
    let { step: at, product } = known.step <= step ? known : { step: 0, product: 1 };
    while (at + 1 <= step) product *= factor(++at);
    known = { step: at, product };
    return product;
  });
}
