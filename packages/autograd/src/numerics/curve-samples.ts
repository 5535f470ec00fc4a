import { ArgumentError } from "../errors.ts";
import type { ScalarCurve } from "./curve.ts";
import { nextDown, nextUp } from "./next-after.ts";

/** A curve on an ascending line of places: fine where activations bend, towards and beside each kink, and by doubling far out. */
export interface CurveSamples {
  readonly places: Float64Array;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/** Up to here a curve must be a number; what overflows to NaN further out is followed as far as it is one. */
export const core = 64;
const step = 1 / 64;

/** @throws ArgumentError if value or derivative is NaN within ±64 or beside a kink */
export function sampleCurve(curve: ScalarCurve): CurveSamples {
  const near = new Set<number>();
  for (let k = -core / step; k <= core / step; k++) near.add(k * step);
  for (const kink of curve.kinks) for (const place of placesAround(kink)) near.add(place);
  const inner = [...near].sort((a, b) => a - b);
  for (const x of inner)
    for (const part of ["value", "derivative"] as const)
      if (Number.isNaN(curve[part](x)))
        throw new ArgumentError(
          "activationFacts",
          `expected the ${part} at x = ${x} to be a number`,
          Number.NaN,
        );
  const left = farPlaces(curve, inner[0], -1).reverse();
  const right = farPlaces(curve, inner[inner.length - 1], 1);
  const places = Float64Array.from([...left, ...inner, ...right]);
  return { places, values: places.map(curve.value), slopes: places.map(curve.derivative) };
}

/** Both neighbours, places that halve the distance on either side, and a window of even steps in case the kink lies far out. */
function placesAround(kink: number): number[] {
  const places = [kink, nextDown(kink), nextUp(kink)];
  const least = kink === 0 ? 2 ** -1000 : 2 ** -50 * Math.abs(kink);
  const ratio = kink === 0 ? 1 / 16 : 1 / 2;
  for (let distance = 1; distance > least; distance *= ratio) places.push(kink - distance, kink + distance);
  if (Math.abs(kink) > core - 8)
    for (let distance = 0; distance <= 8; distance += 1 / 16) places.push(kink - distance, kink + distance);
  return places;
}

function farPlaces({ value, derivative }: ScalarCurve, from: number, side: 1 | -1): number[] {
  const places: number[] = [];
  for (let distance = 2 * core; distance < 1e300; distance *= 2) {
    const x = side * distance;
    if (x * side <= from * side) continue;
    if (Number.isNaN(value(x)) || Number.isNaN(derivative(x))) break;
    places.push(x);
  }
  return places;
}
