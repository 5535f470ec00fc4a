import { readFileSync } from "node:fs";
import { ArgumentError } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import { decodeRecord, jsonLines, type RunRecord } from "../report/json/record.ts";
import type { RunLog, Watched, WatchedStep } from "../watch/run-log.ts";
import { AppendFile, type AppendOptions } from "./append-file.ts";

/**
 * Writes what `watch` sees to a file, one line of JSON a step or finding, behind what is there.
 *
 * What was written goes to the file every few seconds, with each finding, at `flush` and `close`, and when the process ends.
 *
 * @example
 * const log = new JsonLinesFile(`${folder}/run.jsonl`);
 * const watcher = watch({ logs: [log] });
 * backward(crossEntropy(model.call(batch.inputs), batch.targets));
 * watcher.stop();
 * log.close();
 * loadRun(`${folder}/run.jsonl`).findings.map(({ finding }) => finding.fault); // ["vanishing"]
 */
export class JsonLinesFile implements RunLog, Disposable {
  readonly #file: AppendFile;
  readonly #lines: RunLog;

  /** @throws ArgumentError if flushSeconds is negative; the errors of the file system */
  constructor(path: string, options: AppendOptions = {}) {
    this.#file = new AppendFile("JsonLinesFile", path, "a", options);
    const encoder = new TextEncoder();
    this.#lines = jsonLines((line) => this.#file.append(encoder.encode(`${line}\n`)));
  }

  /** @throws ArgumentError if the file is closed */
  step(step: WatchedStep): void {
    this.#lines.step(step);
  }

  finding(finding: Finding): void {
    this.#lines.finding(finding);
    this.flush();
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Reads what a `JsonLinesFile` wrote, for a report or another log. A last line without an end, as a killed process leaves it, is left out.
 *
 * @throws ArgumentError if a line holds something else, with its number; the errors of the file system
 * @example
 * const log = new JsonLinesFile(`${folder}/steps.jsonl`);
 * log.step({ step: 0, loss: 2, gradientNorm: 1, totalFactor: 1, places: [], layerNorms: [] });
 * log.close();
 * loadRun(`${folder}/steps.jsonl`).history[0].loss; // 2
 */
export function loadRun(path: string): Watched {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  const history: WatchedStep[] = [];
  const findings: { finding: Finding; step: number }[] = [];
  for (const [k, line] of lines.entries()) {
    const record = recordIn(line, `line ${k + 1} of ${path}`);
    if (record.kind === "step") history.push(record.step);
    else findings.push({ finding: record.finding, step: record.finding.step ?? 0 });
  }
  return { history, findings };
}

function recordIn(line: string, where: string): RunRecord {
  try {
    return decodeRecord(JSON.parse(line));
  } catch (error) {
    throw new ArgumentError(
      "loadRun",
      `expected a step or a finding in ${where} (${(error as Error).message})`,
      line,
    );
  }
}
