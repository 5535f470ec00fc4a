import type { Shape } from "../../../shape.ts";
import type { Floats, Operand } from "./program.ts";

/** Runs from this length on are faster copied by the host than one by one. */
const longRun = 48;

/** Reads the elements of an operand in the order of the result, so many at a time. */
export class Reader {
  /** The axes of the result, innermost first, merged where the operand allows it: extents, steps, and how far each has come. */
  readonly #extents: number[] = [];
  readonly #steps: number[] = [];
  readonly #counters: number[];
  /** Where the run along the innermost axis begins. */
  #position: number;

  constructor(
    readonly operand: Operand,
    shape: Shape,
  ) {
    const { shape: own, strides, offset } = operand;
    const [extents, steps] = [this.#extents, this.#steps];
    const shift = shape.length - own.length;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] === 1) continue;
      const step = axis < shift || own[axis - shift] === 1 ? 0 : strides[axis - shift];
      const last = extents.length - 1;
      if (last >= 0 && step === steps[last] * extents[last]) {
        extents[last] *= shape[axis];
      } else {
        extents.push(shape[axis]);
        steps.push(step);
      }
    }
    this.#counters = new Array(extents.length).fill(0);
    this.#position = offset;
  }

  /** Writes the next `length` elements into `into`, from `start` on. */
  read(into: Floats, start: number, length: number): void {
    const data = this.operand.data as Floats;
    const counters = this.#counters;
    const [extent] = this.#extents;
    const [step] = this.#steps;
    const end = start + length;
    for (let at = start; at < end; ) {
      const run = Math.min(extent - counters[0], end - at);
      copyRun(into, at, data, this.#position + counters[0] * step, step, run);
      at += run;
      counters[0] += run;
      if (counters[0] === extent) this.#next();
    }
  }

  #next(): void {
    const [counters, extents, steps] = [this.#counters, this.#extents, this.#steps];
    counters[0] = 0;
    for (let axis = 1; axis < extents.length; axis++) {
      this.#position += steps[axis];
      if (++counters[axis] < extents[axis]) return;
      this.#position -= steps[axis] * extents[axis];
      counters[axis] = 0;
    }
  }
}

function copyRun(into: Floats, at: number, from: Floats, start: number, step: number, run: number): void {
  if (step === 0) into.fill(from[start], at, at + run);
  else if (step !== 1) for (let k = 0; k < run; k++) into[at + k] = from[start + k * step];
  else if (run < longRun) for (let k = 0; k < run; k++) into[at + k] = from[start + k];
  else into.set(from.subarray(start, start + run), at);
}
