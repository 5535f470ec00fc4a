import type { Schedule } from "./schedule.ts";

/**
 * The rate times `factor(step)`.
 *
 * @see torch.optim.lr_scheduler.LambdaLR
 * @example
 * lambdaLR((step) => 1 / Math.sqrt(1 + step));
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
 * multiplicativeLR((step) => (step % 10 === 0 ? 0.5 : 1));
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
