import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chain } from "./graph.ts";
import { step } from "./step.ts";
import { train } from "./training.ts";

const programs = { train, step, chain } as const;
type Programs = typeof programs;

/** Runs a program in a process of its own, where nobody else's memory counts. */
export function inChild<N extends keyof Programs>(
  name: N,
  argument: Parameters<Programs[N]>[0],
): ReturnType<Programs[N]> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--expose-gc",
      "--import",
      "tsx",
      "--conditions=@isograd/source",
      fileURLToPath(import.meta.url),
      name,
      JSON.stringify(argument),
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, argument] = process.argv.slice(2) as [keyof Programs, string];
  process.stdout.write(JSON.stringify(programs[name](JSON.parse(argument) as never)));
}
