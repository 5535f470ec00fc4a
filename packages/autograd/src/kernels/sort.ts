import type { TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { eachLane, type Lane } from "./lanes.ts";
import type { Strided } from "./strided.ts";

/** The positions along `axis` of the first `count` elements in order, equal ones as they stand; NaN is larger than all. */
export function argSort(x: Strided, axis: number, descending: boolean, count: number): Int32Array {
  const shape = x.shape.map((extent, k) => (k === axis ? count : extent));
  const out = new Int32Array(sizeOf(shape));
  const sorter = new Sorter(x.shape[axis], descending);
  const few = count <= mostSelected && count < x.shape[axis] / 4;
  eachLane(shape, axis, [x], (to, from) => {
    const order = few ? sorter.select(x.data, from, count) : sorter.sort(x.data, from);
    for (let i = 0; i < count; i++) out[to.start + i * to.step] = order[i];
  });
  return out;
}

/** Runs this short are sorted by insertion. */
const runLength = 16;

/** Up to so many are selected by insertion into the few best so far: each of the others costs one comparison, mostly. */
const mostSelected = 32;

/** A stable merge sort of a lane, from short runs upwards: keys and their positions move together. */
class Sorter {
  #keys: Float64Array;
  #order: Int32Array;
  #mergedKeys: Float64Array;
  #mergedOrder: Int32Array;

  constructor(
    readonly extent: number,
    readonly descending: boolean,
  ) {
    this.#keys = new Float64Array(extent);
    this.#order = new Int32Array(extent);
    this.#mergedKeys = new Float64Array(extent);
    this.#mergedOrder = new Int32Array(extent);
  }

  /** All positions in order, in an array that the next call overwrites. */
  sort(data: TypedArray, { start, step }: Lane): Int32Array {
    const { extent } = this;
    for (let from = 0; from < extent; from += runLength) {
      const end = Math.min(from + runLength, extent);
      for (let i = from; i < end; i++) this.#insert(data[start + i * step], i, from, i);
    }
    for (let width = runLength; width < extent; width *= 2) {
      for (let from = 0; from < extent; from += 2 * width)
        this.#merge(from, Math.min(from + width, extent), Math.min(from + 2 * width, extent));
      [this.#keys, this.#mergedKeys] = [this.#mergedKeys, this.#keys];
      [this.#order, this.#mergedOrder] = [this.#mergedOrder, this.#order];
    }
    return this.#order;
  }

  /** The first `count` positions in order, in an array that the next call overwrites. */
  select(data: TypedArray, { start, step }: Lane, count: number): Int32Array {
    let held = 0;
    for (let i = 0; i < this.extent && count > 0; i++) {
      const key = data[start + i * step];
      if (held < count) this.#insert(key, i, 0, held++);
      else if (precedes(key, this.#keys[count - 1], this.descending)) this.#insert(key, i, 0, count - 1);
    }
    return this.#order;
  }

  /** Puts a key among those in order in [from, end), which leave the place at `end` for it. */
  #insert(key: number, position: number, from: number, end: number): void {
    const [keys, order] = [this.#keys, this.#order];
    let place = end;
    for (; place > from && precedes(key, keys[place - 1], this.descending); place--) {
      keys[place] = keys[place - 1];
      order[place] = order[place - 1];
    }
    keys[place] = key;
    order[place] = position;
  }

  #merge(from: number, middle: number, end: number): void {
    const [keys, order, mergedKeys, mergedOrder] = [
      this.#keys,
      this.#order,
      this.#mergedKeys,
      this.#mergedOrder,
    ];
    const { descending } = this;
    let [left, right] = [from, middle];
    for (let place = from; place < end; place++) {
      const takeRight = right < end && (left >= middle || precedes(keys[right], keys[left], descending));
      const source = takeRight ? right++ : left++;
      mergedKeys[place] = keys[source];
      mergedOrder[place] = order[source];
    }
  }
}

/** Whether a key must stand before another. */
function precedes(a: number, b: number, descending: boolean): boolean {
  if (descending) return a > b || (a !== a && b === b);
  return a < b || (b !== b && a === a);
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
