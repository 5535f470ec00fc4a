import { Generator, relu, tensor } from "@isograd/autograd";
import { Meter } from "../../src/advise/advice.ts";
import type { Candidate } from "../../src/advise/candidate.ts";
import { Contestant } from "../../src/advise/contestant.ts";

/** A learner without a network: what it gives comes closer to 0 by a known curve. */
export interface Racer {
  readonly name: string;
  /** The loss after so many steps, up to noise that all have in common. */
  readonly curve: (steps: number) => number;
}

/** Contestants of two networks each, which see the same batches. */
export function enter(racers: readonly Racer[]): { contestants: Contestant[]; meter: Meter } {
  const meter = new Meter();
  const one = tensor([0]);
  const course = {
    batches: Array.from({ length: 64 }, () => ({ inputs: one, targets: one })),
    heldOut: [{ inputs: one, targets: one }],
    loss: () => one,
    measure: (output: { item(): number }) => -output.item(),
    meter,
  };
  const contestants = racers.map(({ name, curve }) => {
    const entries = [0, 1].map((seed) => {
      const noise = new Generator(seed);
      const own = new Generator(`${name} ${seed}`);
      let steps = 0;
      return {
        model: () => tensor([curve(steps)], { dtype: "f64" }),
        step: () => curve(steps++) + noise.normal() + 0.01 * own.normal(),
      };
    });
    const candidate = Object.defineProperty(() => one, "name", { value: name }) as unknown as Candidate;
    return new Contestant(Object.assign(candidate, { facts: relu.facts }), entries, course);
  });
  return { contestants, meter };
}

/** Comes down to `end` from 2, by a factor of e in so many steps. */
export const racer = (name: string, end: number, speed = 20): Racer => ({
  name,
  curve: (steps) => end + (2 - end) * Math.exp(-steps / speed),
});
