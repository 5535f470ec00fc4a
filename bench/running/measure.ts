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
  readonly times: (number | null)[];
  spent: number;
  failure: string | null;
}

/** Whoever computes a workload as we do is timed in turns with us. */
export async function measure(
  workload: Workload,
  [ours, ...others]: readonly Contender[],
  settings: Settings,
): Promise<Measurement> {
  const entrants: Entrant[] = [];
  let wanted: readonly Float64Array[] | null = null;
  for (const contender of [ours, ...others]) {
    const began = performance.now();
    const found = await firstResults(contender, workload, settings.limit);
    const entrant: Entrant = { contender, times: [], spent: 0, failure: null };
    entrants.push(entrant);
    if (typeof found === "string") entrant.failure = found;
    else if (contender === ours) wanted = found;
    else if (contender.name !== "peak") entrant.failure = disagreement(wanted ?? [], found);
    if (contender === ours && entrant.failure !== null)
      throw new Error(`${workload.name}: ${entrant.failure}`);
    if (entrant.failure === null && performance.now() - began < 2000)
      await contender.time(warmUp, settings.limit);
  }
  await takeTurns(entrants, settings);
  return { workload, results: summarizeAll(entrants) };
}

const warmUp = 0.2; // seconds

async function firstResults(
  contender: Contender,
  workload: Workload,
  limit: number,
): Promise<Float64Array[] | string> {
  const prefix = join(tmpdir(), `isograd-bench-${process.pid}`);
  const count = await contender.prepare({ ...workload, learningRate } as Workload, prefix, limit);
  if (count instanceof Error) return count.message;
  const results = readResults(prefix, count);
  for (let k = 0; k < count; k++) rmSync(`${prefix}.${k}`);
  return results;
}

/** Each round begins with another contender. One that has had its share of the time rests, as a slow one does after a few runs. */
async function takeTurns(entrants: readonly Entrant[], { rounds, seconds, limit }: Settings): Promise<void> {
  const share = seconds / entrants.filter(({ failure }) => failure === null).length;
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < entrants.length; k++) {
      const entrant = entrants[(round + k) % entrants.length];
      if (entrant.failure !== null || entrant.spent > share) {
        entrant.times[round] = null;
        continue;
      }
      const began = performance.now();
      const time = await entrant.contender.time(share / rounds, limit);
      entrant.spent += (performance.now() - began) / 1000;
      if (time instanceof Error) entrant.failure = time.message;
      entrant.times[round] = time instanceof Error ? null : time;
    }
  }
}

function summarizeAll(entrants: readonly Entrant[]): Record<string, Timed | Failed> {
  const [ours] = entrants;
  const results: Record<string, Timed | Failed> = {};
  for (const { contender, times, failure } of entrants) {
    const pairs = times.flatMap((time, round) => {
      const own = ours.times[round];
      return time === null || own === null ? [] : [{ time, ratio: time / own }];
    });
    results[contender.name] =
      failure !== null || pairs.length === 0
        ? { failure: failure ?? "no time left" }
        : {
            ...summarize(pairs.map(({ time }) => time)),
            times: pairs.map(({ time }) => time),
            ratio: summarize(pairs.map(({ ratio }) => ratio)),
          };
  }
  return results;
}
