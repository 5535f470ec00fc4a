import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "./circumstances.ts";

/** The files, beside the report, in which other commands say what they measured. */
const files = {
  "slopes.json": { what: "slope predicted against measured", command: "pnpm slopes" },
  "advice.json": { what: "activation advice: regret against the full grid", command: "pnpm advise:bench" },
  "overhead.json": {
    what: "time that watching every step takes, at width ≥ 64",
    command: "pnpm watch:bench",
  },
} as const;

/** What other commands measured of what was to be reached; not measured where they have not run. */
export function measuredElsewhere(folder: string): Target[] {
  return Object.entries(files).map(([name, { what, command }]) => {
    const path = join(folder, name);
    if (existsSync(path)) return (JSON.parse(readFileSync(path, "utf8")) as { target: Target }).target;
    return { what, asked: "-", published: "-", measured: `by \`${command}\``, isMet: null };
  });
}
