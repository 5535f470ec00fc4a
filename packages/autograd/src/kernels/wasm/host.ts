/** The part of the host's WebAssembly that the kernels use, typed here because it is declared only for browsers. */
export interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => HostMemory;
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

export interface HostMemory {
  /** Another buffer after each growth; the one before is then detached. A SharedArrayBuffer where the memory is shared, used alike. */
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. */
  grow(pages: number): number;
}

/** The host's WebAssembly, if it has one. */
export function findWebAssembly(): WebAssemblyHost | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
}
