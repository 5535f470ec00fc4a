import { matmul, mul, norm, type Tensor } from "@isograd/autograd";
import { type Initializer, sparse } from "@isograd/nn";

/**
 * Each unit listens to 15 others, and the largest eigenvalue is just below 1, so that what goes around fades slowly.
 *
 * @see Pascanu, Mikolov, Bengio 2013, section 4.1: "smart tanh"
 */
export const fadingSlowly: Initializer = (slot) => {
  const units = slot.shape[0];
  const drawn = sparse({ sparsity: Math.max(0, 1 - 15 / units), std: 1 })(slot);
  return mul(drawn, 0.95 / spectralRadius(drawn));
};

/** The magnitude of the largest eigenvalue: the limit of ‖Wⁿ‖^(1/n). Wⁿ is squared again and again, and kept at norm 1. */
export function spectralRadius(weight: Tensor): number {
  let power = weight;
  let logarithm = 0;
  const squarings = 20;
  for (let k = 0; k < squarings; k++) {
    const size = norm(power).item();
    if (size === 0) return 0;
    logarithm += Math.log(size) / 2 ** k;
    const scaled = mul(power, 1 / size);
    power = matmul(scaled, scaled);
  }
  return Math.exp(logarithm + Math.log(norm(power).item()) / 2 ** squarings);
}
