import { add, narrow } from "@isograd/autograd";
import { kineticEnergy, potentialEnergy } from "./gravity.ts";
import { follow } from "./leapfrog.ts";
import { solarSystem, type Unknowns, unseenPlanet } from "./model.ts";

/** By which share of itself energy differs at most, over so many years, from what it was: a leapfrog's energy swings but does not drift. */
export function driftOfEnergy(unknowns: Unknowns, years: number): number {
  let { motion, masses } = solarSystem(narrow(unknowns, 0, 0, 4), unseenPlanet(unknowns));
  const energy = (): number =>
    add(kineticEnergy(motion.velocities, masses), potentialEnergy(motion.positions, masses)).item();
  const before = energy();
  let largest = 0;
  for (let year = 0; year < years; year += 10) {
    motion = follow(motion, masses, 10, 1);
    largest = Math.max(largest, Math.abs(energy() / before - 1));
  }
  return largest;
}
