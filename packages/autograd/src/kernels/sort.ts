import type { TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { eachLane, type Lane } from "./lanes.ts";
import type { Strided } from "./strided.ts";

/** The positions along `axis` in the order of the elements, equal ones as they stand; NaN is larger than all. */
export function argSort(x: Strided, axis: number, descending: boolean): Int32Array {
  const out = new Int32Array(sizeOf(x.shape));
  const sorter = new Sorter(x.shape[axis], descending);
  eachLane(x.shape, axis, [x], (to, from) => {
    const order = sorter.sort(x.data, from);
    for (let i = 0; i < order.length; i++) out[to.start + i * to.step] = order[i];
  });
  return out;
}

/** Runs this short are sorted by insertion. */
const runLength = 16;

/** A stable merge sort of the positions in a lane, from short runs upwards. */
class Sorter {
  readonly #keys: Float64Array;
  #order: Int32Array;
  #scratch: Int32Array;

  constructor(
    readonly extent: number,
    readonly descending: boolean,
  ) {
    this.#keys = new Float64Array(extent);
    this.#order = new Int32Array(extent);
    this.#scratch = new Int32Array(extent);
  }

  /** The order, in an array that the next call overwrites. */
  sort(data: TypedArray, { start, step }: Lane): Int32Array {
    for (let i = 0; i < this.extent; i++) {
      this.#keys[i] = data[start + i * step];
      this.#order[i] = i;
    }
    for (let from = 0; from < this.extent; from += runLength)
      this.#insert(from, Math.min(from + runLength, this.extent));
    for (let width = runLength; width < this.extent; width *= 2) {
      for (let from = 0; from < this.extent; from += 2 * width)
        this.#merge(from, Math.min(from + width, this.extent), Math.min(from + 2 * width, this.extent));
      [this.#order, this.#scratch] = [this.#scratch, this.#order];
    }
    return this.#order;
  }

  /** Whether the first key must stand before the second. */
  #precedes(a: number, b: number): boolean {
    if (this.descending) return a > b || (a !== a && b === b);
    return a < b || (b !== b && a === a);
  }

  #insert(from: number, end: number): void {
    const [keys, order] = [this.#keys, this.#order];
    for (let i = from + 1; i < end; i++) {
      const moving = order[i];
      let place = i;
      for (; place > from && this.#precedes(keys[moving], keys[order[place - 1]]); place--)
        order[place] = order[place - 1];
      order[place] = moving;
    }
  }

  #merge(from: number, middle: number, end: number): void {
    const [keys, order, merged] = [this.#keys, this.#order, this.#scratch];
    let [left, right] = [from, middle];
    for (let place = from; place < end; place++) {
      const takeRight =
        right < end && (left >= middle || this.#precedes(keys[order[right]], keys[order[left]]));
      merged[place] = takeRight ? order[right++] : order[left++];
    }
  }
}

/** The position of an element that is most frequent along `axis`: of the smallest such value the last. Shape with extent 1 there. */
export function argMode(x: Strided, axis: number): Int32Array {
  const shape = x.shape.map((extent, k) => (k === axis ? 1 : extent));
  const out = new Int32Array(sizeOf(shape));
  const sorter = new Sorter(x.shape[axis], false);
  eachLane(shape, axis, [x], (to, from) => {
    const order = sorter.sort(x.data, from);
    let [most, run] = [0, 0];
    for (let i = 0; i < order.length; i++) {
      run++;
      const value = x.data[from.start + order[i] * from.step];
      if (i + 1 < order.length && x.data[from.start + order[i + 1] * from.step] === value) continue;
      if (run > most) [most, out[to.start]] = [run, order[i]];
      run = 0;
    }
  });
  return out;
}
