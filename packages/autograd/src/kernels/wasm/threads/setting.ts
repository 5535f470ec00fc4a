import { ArgumentError } from "../../../errors.ts";
import { findWebAssembly } from "../host.ts";
import { concurrency, hasWorkers } from "./start-worker.ts";
import { Team } from "./team.ts";

/** More threads than these are not used unless asked for: the copies that one of them makes for all take longer than their share. */
const mostByDefault = 8;

/** Some milliseconds of products: who computes less in all does not pay for the start of workers. */
const leastFlops = 1e8;

let most: number | undefined;
let team: Team | null | undefined;
let flopsSoFar = 0;

/** How threads are used. */
export interface Threads {
  /** How many are used at most, the calling one included. */
  readonly most: number;
  /** How many workers have started and take part. */
  readonly workers: number;
  /** How many pieces of work the workers have taken over from the calling thread. */
  readonly pieces: number;
}

/**
 * Has at most `count` threads compute, the calling one included; 1 turns the others off and ends them.
 *
 * Without, there are as many as the machine runs at once, up to 8. They help where work is large, from when a program has done some:
 * small programs start none. Results are the same to the bit however many there are. Memory must be shared between them: in pages that
 * takes cross-origin isolation, and workers start when the page returns to its event loop. Where none can start, all is computed without.
 *
 * @throws ArgumentError if `count` is not a positive integer
 * @see torch.set_num_threads
 * @example
 * setThreads(2);
 * threads().most; // 2
 * setThreads(0); // throws ArgumentError
 */
export function setThreads(count: number): void {
  if (!(Number.isInteger(count) && count > 0))
    throw new ArgumentError("setThreads", "expected a positive integer", count);
  if (count === most) return;
  team?.stop();
  team = undefined;
  most = count;
}

/**
 * Says how many threads may compute, and how many do.
 *
 * @see torch.get_num_threads
 * @example
 * setThreads(1);
 * threads(); // { most: 1, workers: 0, pieces: 0 }
 */
export function threads(): Threads {
  return { most: limit(), workers: team?.ready ?? 0, pieces: team?.helped ?? 0 };
}

/** Who helps with work of so many operations: null as long as nobody does. */
export function teamFor(flops: number): Team | null {
  if (team === undefined) {
    flopsSoFar += flops;
    if (flopsSoFar < leastFlops) return null;
    team = startTeam();
  }
  return team?.takesPart() ? team : null;
}

function limit(): number {
  most ??= Math.min(concurrency(), mostByDefault);
  return most;
}

function startTeam(): Team | null {
  const host = findWebAssembly();
  if (host === undefined || limit() === 1 || !hasWorkers()) return null;
  try {
    return new Team(host, limit() - 1);
  } catch {
    return null; // no shared memory, or a policy against workers
  }
}
