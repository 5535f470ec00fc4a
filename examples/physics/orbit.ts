import {
  add,
  cos,
  div,
  mul,
  sin,
  sqrt,
  square,
  stack,
  sub,
  type Tensor,
  tensor,
  unbind,
} from "@isograd/autograd";
import { G } from "./gravity.ts";

/**
 * An ellipse around the Sun, and where on it: [4], in elements that stay smooth where it is a circle.
 *
 * The half major axis a in au; e sin ϖ and e cos ϖ, for an eccentricity e and a perihelion in direction ϖ; the mean longitude at the epoch, in
 * radians.
 */
export type Elements = Tensor;

export const degree = Math.PI / 180;
export const arcsecond = degree / 3600;

/** How an astronomer states elements: au and degrees. */
export interface Ellipse {
  readonly a: number;
  readonly e: number;
  readonly perihelion: number;
  /** The mean longitude at the epoch. */
  readonly longitude: number;
}

export function elementsOf({ a, e, perihelion, longitude }: Ellipse): Elements {
  const direction = perihelion * degree;
  return tensor([a, e * Math.sin(direction), e * Math.cos(direction), longitude * degree], { dtype: "f64" });
}

/** The same direction, from 0 to 360 degrees. */
export const within360 = (angle: number): number => ((angle % 360) + 360) % 360;

/** The same, read: the perihelion and the mean longitude within [0, 360). */
export function ellipseOf(elements: Elements): Ellipse {
  const [a, h, k, longitude] = elements.values();
  const [perihelion, mean] = [Math.atan2(h, k), longitude].map((angle) => within360(angle / degree));
  return { a, e: Math.hypot(h, k), perihelion, longitude: mean };
}

/** How often Newton's method is repeated for Kepler's equation: from errors of a few tenths to none. */
const repetitions = 6;

/** Position and velocity, [2] each, in au and au a year, of a body of that mass (in those of the Sun; one number). */
export function placeOnOrbit(
  elements: Elements,
  mass: Tensor | number,
): [position: Tensor, velocity: Tensor] {
  const [a, h, k, longitude] = unbind(elements, 0);
  let F = longitude; // the eccentric longitude, from Kepler's equation: F + h cos F - k sin F = longitude
  for (let n = 0; n < repetitions; n++) {
    const error = sub(add(F, sub(mul(h, cos(F)), mul(k, sin(F)))), longitude);
    F = sub(F, div(error, sub(1, add(mul(h, sin(F)), mul(k, cos(F))))));
  }
  const [c, s] = [cos(F), sin(F)];
  const shape = div(1, add(1, sqrt(sub(1, add(square(h), square(k))))));
  const [hh, hk, kk] = [mul(square(h), shape), mul(mul(h, k), shape), mul(square(k), shape)];
  const x = sub(add(mul(sub(1, hh), c), mul(hk, s)), k);
  const y = sub(add(mul(sub(1, kk), s), mul(hk, c)), h);
  const distance = sub(1, add(mul(k, c), mul(h, s))); // in units of a
  const speed = div(sqrt(div(mul(G, add(1, mass)), a)), distance);
  const along = sub(mul(hk, c), mul(sub(1, hh), s));
  const across = sub(mul(sub(1, kk), c), mul(hk, s));
  return [mul(a, stack([x, y])), mul(speed, stack([along, across]))];
}
