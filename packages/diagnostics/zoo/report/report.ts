import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { curve } from "../measures/curve.ts";
import type { RunResult } from "../result.ts";
import { aggregates, runLines } from "./aggregates.ts";
import { chart } from "./chart.ts";
import type { Circumstances } from "./circumstances.ts";
import { chartedRivals, ourPoint, page } from "./page.ts";

/** The files that say what the runs show, by their names; the same for the same runs, in whatever order they come. */
export function report(
  results: readonly RunResult[],
  circumstances: Circumstances,
): Readonly<Record<string, string>> {
  const runs = [...results].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  return {
    "zoo.md": page(runs, circumstances),
    "zoo.json": aggregates(runs, circumstances),
    "zoo-runs.jsonl": runLines(runs),
    "zoo-roc.svg": chart(curve(runs) ?? [], ourPoint(runs), chartedRivals(runs, circumstances)),
  };
}

/** Writes them into a folder. */
export function writeReport(
  results: readonly RunResult[],
  circumstances: Circumstances,
  folder: string,
): void {
  for (const [name, text] of Object.entries(report(results, circumstances)))
    writeFileSync(join(folder, name), text);
}
