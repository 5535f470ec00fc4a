import { cpus } from "node:os";
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
    ],
  };
}
