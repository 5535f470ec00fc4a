import { cpus } from "node:os";
import { bundleSize, programs } from "../../scripts/sizes.ts";
import { firstStepTime } from "../running/first-step.ts";
import { importTime } from "../running/import-time.ts";
import type { Summary } from "../running/statistics.ts";

export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly facts: readonly string[];
}

export async function circumstances(): Promise<Circumstances> {
  const [start, step] = [await importTime(), await firstStepTime()];
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    machine: `${cpus().length} × ${cpus()[0].model.trim()}`,
    node: process.versions.node,
    facts: [
      `importing the built \`@isograd/autograd\`: ${milliseconds(start)}; target at most 30 ms`,
      `the first training step of mlp-784-256-128-10 in a fresh process, once all is imported: ${milliseconds(step)}; target at most 100 ms`,
      ...(await sizes()),
    ],
  };
}

function sizes(): Promise<string[]> {
  return Promise.all(
    Object.entries(programs).map(async ([name, { text, target }]) => {
      const { gzipped } = await bundleSize(text);
      return `${name}, bundled, minified and gzipped: ${kilobytes(gzipped)}; target at most ${kilobytes(target)}`;
    }),
  );
}

function milliseconds({ median, quartiles }: Summary): string {
  const [low, high] = quartiles.map((time) => time.toFixed(0));
  return `${median.toFixed(1)} ms (${low}-${high})`;
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
