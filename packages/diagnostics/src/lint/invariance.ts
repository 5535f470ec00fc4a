import { type Contraction, unitAxisOf } from "../trace/network.ts";

/**
 * Whether what follows a layer gives each of its units mean 0 and variance 1 over the batch, as batch normalisation does: then neither a shift
 * nor a factor on a unit changes anything, so that Σ δ and Σ δ y vanish for each unit.
 */
export function isNormalized(contraction: Contraction): boolean {
  const { cotangent, output } = contraction;
  if (cotangent === null) return false;
  const axis = unitAxisOf(contraction);
  const units = output.shape[axis];
  const inner = output.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const [shift, shifts, factor, factors] = Array.from({ length: 4 }, () => new Float64Array(units));
  const [delta, y] = [cotangent.values(), output.values()];
  for (let i = 0; i < delta.length; i++) {
    const unit = Math.floor(i / inner) % units;
    const product = delta[i] * y[i];
    shift[unit] += delta[i];
    shifts[unit] += Math.abs(delta[i]);
    factor[unit] += product;
    factors[unit] += Math.abs(product);
  }
  let alive = 0;
  for (let unit = 0; unit < units; unit++) {
    if (shifts[unit] === 0) continue;
    alive++;
    // A constant in the denominator of the normalisation leaves a little of the factor.
    if (!(Math.abs(shift[unit]) < 1e-4 * shifts[unit] && Math.abs(factor[unit]) < 0.02 * factors[unit]))
      return false;
  }
  return alive > 0;
}
