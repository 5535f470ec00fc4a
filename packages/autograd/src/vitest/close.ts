import { tensor } from "../create.ts";
import { coordinatesOf } from "../gradcheck/variable.ts";
import { sameShape } from "../shape.ts";
import { type NestedNumbers, Tensor } from "../tensor.ts";

export interface Closeness {
  /** How far off a number may be, in units of the expected one; default 1e-9, or 1e-5 where one of both is f32. */
  readonly relative?: number;
  /** How far off it may be besides; default 1e-11, or 1e-7. */
  readonly absolute?: number;
}

/** Where a tensor is not close to another, in a sentence; null where it is. NaN is close to NaN alone, an infinity to itself. */
export function differenceBetween(
  found: Tensor,
  expected: Tensor | NestedNumbers,
  options: Closeness = {},
): string | null {
  const right = expected instanceof Tensor ? expected : tensor(expected, { dtype: "f64" });
  if (!sameShape(found.shape, right.shape))
    return `the shape is [${found.shape.join(", ")}] instead of [${right.shape.join(", ")}]`;
  const single = [found, right].some(({ dtype }) => dtype === "f32");
  const { relative = single ? 1e-5 : 1e-9, absolute = single ? 1e-7 : 1e-11 } = options;
  const [values, exact] = [found.values(), right.values()];
  let [wrong, first, worst] = [0, -1, 0];
  for (let k = 0; k < exact.length; k++) {
    const distance = Math.abs(values[k] - exact[k]);
    if (Object.is(values[k], exact[k]) || values[k] === exact[k]) continue;
    if (Number.isFinite(exact[k]) && distance <= absolute + relative * Math.abs(exact[k])) continue;
    wrong++;
    if (first < 0) first = k;
    if (distance > worst) worst = distance;
  }
  if (wrong === 0) return null;
  const place = `[${coordinatesOf(right.shape, first).join(", ")}]`;
  return `${wrong} of ${exact.length} elements differ, by up to ${worst}; the first, at ${place}, is ${values[first]} instead of ${exact[first]}`;
}
