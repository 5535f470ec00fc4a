import {
  add,
  atan2,
  cos,
  div,
  exp,
  narrow,
  ones,
  select,
  sin,
  stack,
  sub,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { type Motion, motionsAt } from "./leapfrog.ts";
import { discovery, epoch } from "./observations.ts";
import { arcsecond, degree, type Elements, elementsOf, placeOnOrbit } from "./orbit.ts";

/**
 * What is to be found, [9]: corrections to the elements of Uranus [4]; the elements of a planet that nobody has seen [4]; the logarithm of its
 * mass, in masses of the Sun.
 */
export type Unknowns = Tensor;

export interface Planet {
  readonly elements: Elements;
  /** In masses of the Sun: one number. */
  readonly mass: Tensor;
}

export const unseenPlanet = (unknowns: Unknowns): Planet => ({
  elements: narrow(unknowns, 0, 4, 4),
  mass: exp(select(unknowns, 0, 8)),
});

/** The mean orbit of Uranus at the epoch: what it is corrected to matters, not where it begins (JPL, valid for 1800-2050). */
const uranus = elementsOf({ a: 19.1929, e: 0.04734, perihelion: 170.18, longitude: 220.53 });
const uranusMass = tensor(1 / 22_903, { dtype: "f64" });

/** The longest step of the integration, in years. */
const step = 1;

/** The Sun, Uranus and perhaps another planet at the epoch. */
export function solarSystem(corrections: Tensor, unseen: Planet | null): { motion: Motion; masses: Tensor } {
  const sun = zeros([2], "f64");
  const planets = [placeOnOrbit(add(uranus, corrections), uranusMass)];
  if (unseen !== null) planets.push(placeOnOrbit(unseen.elements, unseen.mass));
  const all = [ones([], "f64"), uranusMass, ...(unseen === null ? [] : [unseen.mass])];
  return {
    motion: {
      positions: stack([sun, ...planets.map(([position]) => position)]),
      velocities: stack([sun, ...planets.map(([, velocity]) => velocity)]),
    },
    masses: stack(all),
  };
}

/** The directions from the Sun, in radians, in which a planet (1, or 2 for the unseen one) stands in those years. */
function longitudes(
  corrections: Tensor,
  unseen: Planet | null,
  planet: number,
  years: readonly number[],
): Tensor {
  const { motion, masses } = solarSystem(corrections, unseen);
  const times = years.map((year) => year - epoch);
  const found = motionsAt(times, motion, masses, step).map(({ positions }) => {
    const [x, y] = [0, 1].map((axis) =>
      select(sub(select(positions, 0, planet), select(positions, 0, 0)), 0, axis),
    );
    return atan2(y, x);
  });
  return stack(found);
}

/** By how many seconds of arc Uranus is ahead, in those years, of where it was thought to be: [years]. */
export function excessesIn(years: readonly number[]): (unknowns: Unknowns, isDisturbed?: boolean) => Tensor {
  const expected = longitudes(zeros([4], "f64"), null, 1, years);
  return (unknowns, isDisturbed = true) => {
    const corrections = narrow(unknowns, 0, 0, 4);
    const ahead = sub(
      longitudes(corrections, isDisturbed ? unseenPlanet(unknowns) : null, 1, years),
      expected,
    );
    return div(atan2(sin(ahead), cos(ahead)), arcsecond); // not beyond half a circle
  };
}

/** Where the unseen planet stands on the night of its discovery: degrees of longitude, counted from the equinox of 2000; one number. */
export const whereToLook = (unknowns: Unknowns): Tensor =>
  div(select(longitudes(narrow(unknowns, 0, 0, 4), unseenPlanet(unknowns), 2, [discovery]), 0, 0), degree);
