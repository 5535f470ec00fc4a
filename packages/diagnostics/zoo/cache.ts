import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LitterPlan, seedOf } from "./plan.ts";
import type { RunResult } from "./result.ts";

const packages = fileURLToPath(new URL("../..", import.meta.url));

/** Where results of earlier calls lie, out of git's sight. */
export const cacheFolder = join(packages, "diagnostics/node_modules/.cache/zoo");

interface Line {
  readonly plan: LitterPlan;
  /** Of the sources that it was trained with. */
  readonly sources: string;
  readonly runs: readonly RunResult[];
  /** Of the process that trained it. */
  readonly seconds: number;
}

/** The litters that were trained already, one a line: an interrupted call loses those under way. */
export class Cache {
  readonly #file: string;
  readonly #sources: string;
  readonly #known = new Map<string, Pick<Line, "runs" | "seconds">>();

  /** @param keep of what is there: all, what the same sources made, or nothing */
  constructor(file: string, keep: "all" | "same" | "nothing", sources = digestOfSources()) {
    this.#file = file;
    this.#sources = sources;
    mkdirSync(dirname(file), { recursive: true });
    const lines =
      keep === "nothing" || !existsSync(this.#file) ? [] : linesOf(readFileSync(this.#file, "utf8"));
    const kept = lines.filter(({ sources }) => keep === "all" || sources === this.#sources);
    for (const { plan, runs, seconds } of kept) this.#known.set(keyOf(plan), { runs, seconds });
    writeFileSync(`${this.#file}.new`, kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The runs of a litter, and the seconds that they took; null where it was not trained yet. */
  find(plan: LitterPlan): Pick<Line, "runs" | "seconds"> | null {
    return this.#known.get(keyOf(plan)) ?? null;
  }

  add(plan: LitterPlan, runs: readonly RunResult[], seconds: number): void {
    this.#known.set(keyOf(plan), { runs, seconds });
    const line: Line = { plan, sources: this.#sources, runs, seconds };
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

const keyOf = (plan: LitterPlan): string =>
  JSON.stringify([seedOf(plan), plan.faults, plan.oddities, plan.repairs]);

/** All lines that are whole: the last one may have been cut off. */
function linesOf(text: string): Line[] {
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

/** Parts of the zoo that only tell what runs came to. */
const telling = /^(measures|report|slopes)[\\/]/;

/** Of all that a result depends on: our packages' sources and those of the zoo that bring results about. */
function digestOfSources(): string {
  const hash = createHash("sha256");
  for (const folder of ["autograd/src", "nn/src", "diagnostics/src", "diagnostics/zoo"]) {
    const files = readdirSync(join(packages, folder), { recursive: true, encoding: "utf8" }).sort();
    for (const file of files)
      if (file.endsWith(".ts") && !(folder === "diagnostics/zoo" && telling.test(file)))
        hash.update(file).update(readFileSync(join(packages, folder, file)));
  }
  return hash.digest("hex").slice(0, 16);
}
