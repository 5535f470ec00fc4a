import type { Shape } from "../../../shape.ts";
import type { Floats, Operand } from "./program.ts";

/** Runs from this length on are faster copied by the host than one by one. */
const longRun = 48;

/** An axis of the result: its extent, what the operand steps along it, and how far it has come. */
interface Axis {
  readonly extent: number;
  readonly step: number;
  at: number;
}

/** Reads the elements of an operand in the order of the result, so many at a time. */
export class Reader {
  readonly #data: Floats;
  /** The innermost axis, and the one around it; neighbours that continue each other are one. */
  #extent = 1;
  #step = 0;
  #column = 0;
  #rows = 1;
  #rowStep = 0;
  #row = 0;
  /** The axes around those. */
  #outer: Axis[] | null = null;
  /** Where the row begins. */
  #position: number;

  constructor({ data, shape: own, strides, offset }: Operand, shape: Shape) {
    this.#data = data as Floats;
    this.#position = offset;
    const shift = shape.length - own.length;
    for (let axis = shape.length - 1; axis >= 0; axis--)
      if (shape[axis] !== 1)
        this.#surround(shape[axis], axis < shift || own[axis - shift] === 1 ? 0 : strides[axis - shift]);
  }

  #surround(extent: number, step: number): void {
    if (this.#outer !== null) this.#outer.push({ extent, step, at: 0 });
    else if (step === this.#step * this.#extent && this.#rows === 1) this.#extent *= extent;
    else if (this.#extent === 1) [this.#extent, this.#step] = [extent, step];
    else if (this.#rows === 1) [this.#rows, this.#rowStep] = [extent, step];
    else if (step === this.#rowStep * this.#rows) this.#rows *= extent;
    else this.#outer = [{ extent, step, at: 0 }];
  }

  /** Writes the next `length` elements into `into`, from `start` on. */
  read(into: Floats, start: number, length: number): void {
    const extent = this.#extent;
    if (this.#rowStep === 0 && this.#outer === null && length > extent) {
      this.#repeat(into, start, length);
      return;
    }
    const end = start + length;
    for (let at = start; at < end; ) {
      const rows = this.#column > 0 ? 0 : Math.min(Math.floor((end - at) / extent), this.#rows - this.#row);
      const run = rows > 0 ? extent : Math.min(extent - this.#column, end - at);
      const from = this.#position + this.#column * this.#step;
      copyRows(into, at, this.#data, from, this.#rowStep, this.#step, Math.max(rows, 1), run);
      at += Math.max(rows, 1) * run;
      this.#column += run;
      if (this.#column === extent) this.#advance(Math.max(rows, 1));
    }
  }

  /** One row again and again: it is read once, and what is there is copied behind itself. */
  #repeat(into: Floats, start: number, length: number): void {
    const extent = this.#extent;
    const first = extent - this.#column;
    copyRows(into, start, this.#data, this.#position + this.#column * this.#step, 0, this.#step, 1, first);
    copyRows(into, start + first, this.#data, this.#position, 0, this.#step, 1, this.#column);
    for (let done = extent; done < length; done *= 2)
      into.copyWithin(start + done, start, start + Math.min(done, length - done));
    this.#column = (this.#column + length) % extent;
  }

  #advance(rows: number): void {
    this.#column = 0;
    this.#row += rows;
    this.#position += rows * this.#rowStep;
    if (this.#row < this.#rows || this.#outer === null) return;
    this.#row = 0;
    this.#position -= this.#rows * this.#rowStep;
    for (const axis of this.#outer) {
      this.#position += axis.step;
      if (++axis.at < axis.extent) return;
      this.#position -= axis.step * axis.extent;
      axis.at = 0;
    }
  }
}

function copyRows(
  into: Floats,
  at: number,
  from: Floats,
  start: number,
  rowStep: number,
  step: number,
  rows: number,
  count: number,
): void {
  for (let row = 0; row < rows; row++) {
    const first = start + row * rowStep;
    const to = at + row * count;
    if (count >= longRun && step === 1) into.set(from.subarray(first, first + count), to);
    else if (count >= longRun && step === 0) into.fill(from[first], to, to + count);
    else for (let k = 0; k < count; k++) into[to + k] = from[first + k * step];
  }
}
