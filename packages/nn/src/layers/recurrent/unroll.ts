import { concat, narrow, split, type Tensor } from "@isograd/autograd";
import type { Step } from "./cell.ts";

/** What a cell makes of sequences in one direction. */
export interface Unrolled {
  /** Packed, in the order of time: [rows, width]. */
  readonly output: Tensor;
  /** The parts of the states at the ends of the sequences, or at their beginnings, where the last step backwards ends. */
  readonly state: readonly Tensor[];
}

/**
 * Takes the steps of packed sequences one after the other, from the first to the last or backwards.
 *
 * @param fromInputs [rows, ...], the rows of all steps
 * @param sizes      how many rows each step has: never more than the one before
 * @param initial    the parts of the states before the first step taken
 */
export function unroll(
  step: Step,
  fromInputs: Tensor,
  sizes: readonly number[],
  initial: readonly Tensor[],
  backwards: boolean,
): Unrolled {
  const shares = split(fromInputs, sizes);
  const outputs = new Array<Tensor>(sizes.length);
  const ended: (readonly Tensor[])[] = [];
  const last = sizes.length - 1;
  let state = backwards ? rowsOf(initial, 0, sizes[last]) : initial;
  for (let taken = 0; taken <= last; taken++) {
    const at = backwards ? last - taken : taken;
    const [rows, size] = [state[0].shape[0], sizes[at]];
    if (size < rows) {
      ended.push(rowsOf(state, size, rows));
      state = rowsOf(state, 0, size);
    } else if (size > rows) state = joined([state, rowsOf(initial, rows, size)]);
    state = step(shares[at], state);
    outputs[at] = state[0];
  }
  return { output: concat(outputs), state: ended.length === 0 ? state : joined([state, ...ended.reverse()]) };
}

const rowsOf = (parts: readonly Tensor[], start: number, end: number): Tensor[] =>
  parts.map((part) => (start === 0 && end === part.shape[0] ? part : narrow(part, 0, start, end - start)));

const joined = (states: readonly (readonly Tensor[])[]): Tensor[] =>
  states[0].map((_, k) => concat(states.map((parts) => parts[k])));
