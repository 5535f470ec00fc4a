/** What an array type can do: a typed array's constructor. */
interface ArrayType<A> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** Up to so many bytes V8 keeps an array in its own heap: one of 64 costs no more than one of four. */
const ownHeap = 64;
const largest = 4096;

/** From so many bytes on an array that is not cleared is made sooner: *measured*. */
const large = 65_536;

/** Node's memory that holds what it held before. */
interface UnclearedMemory {
  readonly Buffer?: { allocUnsafeSlow?(bytes: number): { readonly buffer: ArrayBufferLike } };
}

/**
 * Memory for small arrays of one type, as in Node's pool for `Buffer`: an array outside V8's heap costs half a microsecond to make and more to
 * collect, a part of a larger one a twentieth of that. Each part is given out once: so it holds zeros.
 *
 * A slab holds 32 to 64 arrays of about one size: who holds on to one keeps at most 64 times its size from being collected.
 */
class Slabs<A extends { readonly buffer: ArrayBufferLike }> {
  readonly #Values: ArrayType<A>;
  /** The slabs that parts are taken from now: for each power of two that bytes are rounded up to, by its leading zeros; first, for single numbers. */
  readonly #slabs = new Array<A>(32);
  /** How much of them is given out. */
  readonly #used: number[] = new Array(32).fill(largest * 64);

  constructor(Values: ArrayType<A>) {
    this.#Values = Values;
  }

  /** Where in a slab, which may be a new one now, the next part begins. */
  #take(kind: number, bytes: number, count: number): number {
    const length = bytes / this.#Values.BYTES_PER_ELEMENT;
    let start = this.#used[kind];
    if (start + count > length) {
      this.#slabs[kind] = new this.#Values(length);
      start = 0;
    }
    this.#used[kind] = start + count;
    return start;
  }

  allocate(size: number): A {
    const Values = this.#Values;
    const width = Values.BYTES_PER_ELEMENT;
    const bytes = size * width;
    if (!(bytes > ownHeap && bytes <= largest)) return new Values(size);
    const zeros = Math.clz32(bytes - 1);
    const start = this.#take(zeros, 1 << (37 - zeros), size);
    return new Values(this.#slabs[zeros].buffer, start * width, size);
  }

  /** An array whose numbers will all be written: a large one is not cleared where the host lets us. */
  uncleared(size: number): A {
    const bytes = size * this.#Values.BYTES_PER_ELEMENT;
    const { Buffer } = globalThis as UnclearedMemory;
    if (bytes < large || Buffer?.allocUnsafeSlow === undefined) return this.allocate(size);
    return new this.#Values(Buffer.allocUnsafeSlow(bytes).buffer, 0, size);
  }

  /** A place for one number, in an array that others share. */
  single(): { readonly data: A; readonly offset: number } {
    const offset = this.#take(0, ownHeap, 1);
    return { data: this.#slabs[0], offset };
  }
}

/** Slabs for arrays of each element type. */
export const slabs = {
  bool: /* @__PURE__ */ new Slabs(Uint8Array),
  i32: /* @__PURE__ */ new Slabs(Int32Array),
  f32: /* @__PURE__ */ new Slabs(Float32Array),
  f64: /* @__PURE__ */ new Slabs(Float64Array),
} as const;
