import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { learningRate, type Workload } from "../workloads/workload.ts";
import { disagreement, readResults } from "./agreement.ts";
import type { Contender } from "./contender.ts";
import { type Summary, summarize } from "./statistics.ts";

export interface Timed extends Summary {
  /** The times of one run in the rounds that the contender took part in, in seconds. */
  readonly times: readonly number[];
  /** Its time over ours, round by round; how many times as fast we are. */
  readonly ratio: Summary;
  /** Whether it is so slow that its first run is all there is. */
  readonly cold: boolean;
}

export interface Failed {
  readonly failure: string;
}

export interface Measurement {
  readonly workload: Workload;
  /** By contender, ours among them. */
  readonly results: Readonly<Record<string, Timed | Failed>>;
}

export interface Settings {
  readonly rounds: number;
  /** Seconds for all rounds of a workload. */
  readonly seconds: number;
  /** Seconds that a contender may take to compute a workload for the first time. */
  readonly limit: number;
}

interface Entrant {
  readonly contender: Contender;
  readonly times: (number | undefined)[];
  spent: number;
  failure: string | null;
  /** Seconds of the first run; of the second, where the first compiles. */
  cold: number;
}

/** Who takes longer, in seconds, and is not us, is not asked to run again. */
const patience = 1.5;

/** Whoever computes a workload as we do is timed in turns with us. */
export async function measure(
  workload: Workload,
  [ours, ...others]: readonly Contender[],
  settings: Settings,
): Promise<Measurement> {
  const entrants: Entrant[] = [];
  let wanted: readonly Float64Array[] | null = null;
  for (const contender of [ours, ...others]) {
    const entrant: Entrant = { contender, times: [], spent: 0, failure: null, cold: 0 };
    entrants.push(entrant);
    const found = await firstResults(entrant, workload, settings.limit);
    if (typeof found === "string") entrant.failure = found;
    else if (contender === ours) wanted = found;
    else if (contender.name !== "peak") entrant.failure = disagreement(wanted ?? [], found);
    if (contender === ours && entrant.failure !== null)
      throw new Error(`${workload.name}: ${entrant.failure}`);
    if (entrant.failure === null && entrant.cold < patience) await contender.time(warmUp, settings.limit);
  }
  await takeTurns(entrants, settings);
  return { workload, results: summarizeAll(entrants) };
}

const warmUp = 0.2; // seconds

async function firstResults(
  entrant: Entrant,
  workload: Workload,
  limit: number,
): Promise<Float64Array[] | string> {
  const prefix = join(tmpdir(), `isograd-bench-${process.pid}`);
  const prepared = await entrant.contender.prepare({ ...workload, learningRate } as Workload, prefix, limit);
  if (prepared instanceof Error) return prepared.message;
  const again = entrant.contender.compiles ? await entrant.contender.time(0, limit) : prepared.cold;
  if (again instanceof Error) return again.message;
  entrant.cold = again;
  const results = readResults(prefix, prepared.results);
  for (let k = 0; k < prepared.results; k++) rmSync(`${prefix}.${k}`);
  return results;
}

/** Each round begins with another contender. One that has had its share of the time rests. */
async function takeTurns(all: readonly Entrant[], { rounds, seconds, limit }: Settings): Promise<void> {
  const entrants = all.filter(
    (entrant, k) => entrant.failure === null && (k === 0 || entrant.cold < patience),
  );
  const share = seconds / entrants.length;
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < entrants.length; k++) {
      const entrant = entrants[(round + k) % entrants.length];
      if (entrant.failure !== null || entrant.spent > share) continue;
      const began = performance.now();
      const time = await entrant.contender.time(share / rounds, limit);
      entrant.spent += (performance.now() - began) / 1000;
      if (time instanceof Error) entrant.failure = time.message;
      else entrant.times[round] = time;
    }
  }
}

function summarizeAll(entrants: readonly Entrant[]): Record<string, Timed | Failed> {
  const [ours] = entrants;
  const typical = summarize(ours.times.filter((time) => time !== undefined)).median;
  const results: Record<string, Timed | Failed> = {};
  for (const entrant of entrants) {
    const { contender, times, failure } = entrant;
    const slow = entrant !== ours && entrant.cold >= patience;
    const pairs = slow
      ? [{ time: entrant.cold, ratio: entrant.cold / typical }]
      : times.flatMap((time, round) => {
          const own = ours.times[round];
          return time === undefined || own === undefined ? [] : [{ time, ratio: time / own }];
        });
    results[contender.name] =
      failure !== null || pairs.length === 0
        ? { failure: failure ?? "no time left" }
        : {
            ...summarize(pairs.map(({ time }) => time)),
            times: pairs.map(({ time }) => time),
            ratio: summarize(pairs.map(({ ratio }) => ratio)),
            cold: slow,
          };
  }
  return results;
}
