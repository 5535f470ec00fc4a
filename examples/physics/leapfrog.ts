import { add, mul, type Tensor } from "@isograd/autograd";
import { accelerations } from "./gravity.ts";

/** Where bodies are and how they move: [bodies, 2] each, in au and au a year. */
export interface Motion {
  readonly positions: Tensor;
  readonly velocities: Tensor;
}

/**
 * Follows bodies for `years`, which may be negative, in equal steps of at most `step` years.
 *
 * Symplectic and reversible: energy does not drift, however long it goes on. The error falls with the square of the step.
 *
 * @see Störmer 1907; Verlet 1967
 */
export function follow(
  { positions, velocities }: Motion,
  masses: Tensor,
  years: number,
  step: number,
): Motion {
  const count = Math.ceil(Math.abs(years) / step);
  const time = years / count;
  let [q, v] = [positions, velocities];
  for (let k = 0; k < count; k++) {
    q = add(q, mul(time / 2, v));
    v = add(v, mul(time, accelerations(q, masses)));
    q = add(q, mul(time / 2, v));
  }
  return { positions: q, velocities: v };
}

/** The motion at each of `times`, in their order, from that at time 0: outwards from there, each stretch gone over once. */
export function motionsAt(times: readonly number[], start: Motion, masses: Tensor, step: number): Motion[] {
  const found = new Array<Motion>(times.length);
  const order = times.map((_, k) => k).sort((a, b) => Math.abs(times[a]) - Math.abs(times[b]));
  for (const direction of [1, -1]) {
    let [now, motion] = [0, start];
    for (const k of order.filter((k) => direction * times[k] > 0 || (times[k] === 0 && direction === 1))) {
      if (times[k] !== now) motion = follow(motion, masses, times[k] - now, step);
      now = times[k];
      found[k] = motion;
    }
  }
  return found;
}
