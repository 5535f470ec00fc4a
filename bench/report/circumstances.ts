import { cpus } from "node:os";
import { bundleSize, programs } from "../../scripts/sizes.ts";
import { importTime } from "../running/import-time.ts";

export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly facts: readonly string[];
}

export async function circumstances(): Promise<Circumstances> {
  const { median, quartiles } = await importTime();
  const [low, high] = quartiles.map((time) => time.toFixed(0));
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    machine: `${cpus().length} × ${cpus()[0].model.trim()}`,
    node: process.versions.node,
    facts: [
      `importing the built \`@isograd/autograd\`: ${median.toFixed(1)} ms (${low}-${high}); target at most 30 ms`,
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

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
