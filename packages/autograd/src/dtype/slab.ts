/**
 * Gives out parts of larger buffers, as Node's pool does for `Buffer`: an array outside V8's heap costs half a microsecond to make and more to
 * collect, a part of one a twentieth of that.
 *
 * Each part is given out once, so it holds zeros. A slab holds some 32 to 64 of them, all of about one size: who holds on to one keeps at most
 * 64 times its size from being collected.
 */
export class Slab {
  buffer: ArrayBuffer | undefined;
  #used: number;

  constructor(readonly bytes: number) {
    this.#used = bytes;
  }

  /** Where in `buffer`, which may be a new one now, the next part begins. */
  take(bytes: number): number {
    let start = this.#used;
    if (start + bytes > this.bytes) {
      this.buffer = new ArrayBuffer(this.bytes);
      start = 0;
    }
    this.#used = start + ((bytes + 7) & -8); // where numbers of every type may begin
    return start;
  }
}

/** Up to so many bytes V8 keeps an array in its own heap. */
const ownHeap = 64;
const largest = 4096;

/** For each power of two up to which parts may be large, by its leading zeros. */
const slabs: (Slab | undefined)[] = [];

/** What to take an array of so many bytes from; undefined where one of its own costs no more. */
export function slabFor(bytes: number): Slab | undefined {
  if (!(bytes > ownHeap && bytes <= largest)) return undefined;
  const zeros = Math.clz32(bytes - 1);
  slabs[zeros] ??= new Slab(2 ** (32 - zeros) * 32);
  return slabs[zeros];
}
