/** How much memory is in use that cannot be collected, in bytes. */
export function live(): number {
  const { heapUsed, arrayBuffers } = collected();
  return heapUsed + arrayBuffers;
}

/** The same of arrays alone. */
export const liveArrays = (): number => collected().arrayBuffers;

function collected(): NodeJS.MemoryUsage {
  if (globalThis.gc === undefined) throw new Error("run node with --expose-gc");
  globalThis.gc();
  globalThis.gc(); // the first one leaves arrays to be freed beside the program
  return process.memoryUsage();
}
