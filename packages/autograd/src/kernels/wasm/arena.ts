import type { MemoryDeclaration } from "./assembler/module.ts";
import { findWebAssembly, type HostMemory, type WebAssemblyHost } from "./host.ts";

const pageBytes = 65_536;
const growthPages = 16;

/** Addresses are multiples of a cache line. */
const alignment = 64;

/**
 * One WebAssembly memory for what only kernels see; nothing in it outlives the call that put it there.
 *
 * It is a stack: note a mark, allocate, release down to the mark. A growth detaches every view taken before, so that views are
 * asked for after the last allocation.
 */
export class Arena {
  readonly memory: HostMemory;
  /** How modules that compute in the arena import its memory. */
  readonly declaration: MemoryDeclaration & { readonly importedAs: readonly [string, string] };
  #top = 0;
  // Asking the memory for its buffer takes as long as adding a hundred numbers: only a growth changes it.
  #bytes: number;
  #float32: Float32Array<ArrayBuffer> | undefined;
  #float64: Float64Array<ArrayBuffer> | undefined;

  /**
   * @param sharedPages makes the memory one that threads share, which never has more pages than these
   * @throws RangeError if there is no address space for it
   */
  constructor(
    readonly host: WebAssemblyHost,
    sharedPages?: number,
  ) {
    const limits = sharedPages === undefined ? {} : { maximum: sharedPages, shared: true };
    this.memory = new host.Memory({ initial: growthPages, ...limits });
    this.#bytes = this.memory.buffer.byteLength;
    this.declaration = { minimum: 0, ...limits, importedAs: ["arena", "memory"] };
  }

  /** The memory as single-precision numbers; valid until the next growth. */
  get float32(): Float32Array<ArrayBuffer> {
    this.#float32 ??= new Float32Array(this.memory.buffer);
    return this.#float32;
  }

  /** The memory as double-precision numbers; valid until the next growth. */
  get float64(): Float64Array<ArrayBuffer> {
    this.#float64 ??= new Float64Array(this.memory.buffer);
    return this.#float64;
  }

  /** Where the stack ends now; what is allocated from here on goes with `release(mark)`. */
  mark(): number {
    return this.#top;
  }

  /**
   * Room for `bytes`, not cleared.
   *
   * @returns its address
   * @throws RangeError if the host has no more memory
   */
  allocate(bytes: number): number {
    const address = this.#top;
    const top = Math.ceil((address + bytes) / alignment) * alignment;
    if (top > this.#bytes) this.#grow(top - this.#bytes);
    this.#top = top;
    return address;
  }

  #grow(bytes: number): void {
    this.memory.grow(Math.ceil(bytes / (growthPages * pageBytes)) * growthPages);
    this.#bytes = this.memory.buffer.byteLength;
    this.#float32 = undefined;
    this.#float64 = undefined;
  }

  /** Gives back all that was allocated since the mark. */
  release(mark: number): void {
    this.#top = mark;
  }
}

let shared: Arena | null | undefined;

/** The arena that all kernels share, made when it is first asked for; null where the host has no WebAssembly. */
export function sharedArena(): Arena | null {
  if (shared === undefined) shared = makeArena(findWebAssembly());
  return shared;
}

function makeArena(host: WebAssemblyHost | undefined): Arena | null {
  try {
    return host === undefined ? null : new Arena(host);
  } catch {
    return null; // no address space for a memory
  }
}
