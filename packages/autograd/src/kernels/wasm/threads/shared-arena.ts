import { Arena } from "../arena.ts";
import type { WebAssemblyHost } from "../host.ts";

/** Limits of the shared memory in pages of 64 KiB: hosts with little address space may grant less. */
const memoryLimits = [16_384, 4096];

/**
 * An arena whose memory threads share, the largest that the host grants.
 *
 * @throws what the host throws where it grants none
 */
export function sharedArenaOf(host: WebAssemblyHost): Arena {
  for (const pages of memoryLimits.slice(0, -1)) {
    try {
      return new Arena(host, pages);
    } catch {
      // less may do
    }
  }
  return new Arena(host, memoryLimits[memoryLimits.length - 1]);
}
