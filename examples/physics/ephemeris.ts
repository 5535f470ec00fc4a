import neptune from "astronomia/data/vsop87Bneptune";
import { degree, within360 } from "./orbit.ts";

/**
 * Where Neptune really stood: heliocentric longitude in degrees (equinox of 2000) and distance in au, by VSOP87, which was fitted to a century of
 * observations.
 *
 * Each coordinate is a series of powers of the time, in millennia from 2000; each factor is a sum of A cos(B + C · time).
 *
 * @see Bretagnon, Francou 1988, "Planetary theories in rectangular and spherical variables"
 */
export function neptuneIn(year: number): { readonly longitude: number; readonly distance: number } {
  const time = (year - 2000) / 1000;
  const value = (powers: Readonly<Record<string, readonly (readonly number[])[]>>): number =>
    Object.entries(powers).reduce(
      (total, [power, terms]) =>
        total + time ** Number(power) * terms.reduce((sum, [a, b, c]) => sum + a * Math.cos(b + c * time), 0),
      0,
    );
  return { longitude: within360(value(neptune.L) / degree), distance: value(neptune.R) };
}
