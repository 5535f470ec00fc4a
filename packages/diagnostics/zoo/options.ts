import { parseArgs } from "node:util";
import type { Wish } from "./plan.ts";
import type { SeedSet } from "./result.ts";

export const usage = `Usage: pnpm zoo [options]

Trains healthy, odd and faulty networks with our diagnostics and the rules of other tools watching, and
says who noticed what. The whole set of seeds that is published is reported in docs; other sets, and parts
of that one, in a folder of the cache.

Options:
  --quick         about a hundred runs
  --set NAME      tuning, calibration or published (default): no seed is in two of them
  --family NAME   only families whose name holds this
  --healthy N     about so many healthy runs
  --faulty N      about so many faulty runs
  --fresh         begins anew, whatever was trained before
  --resume        goes on where it was left, whatever was changed since; without either it goes on if
                  nothing was
  --no-repair     does not try to repair what is faulty
  --processes N   how many train at once (default: one a processor)
  --help          shows this text`;

export interface Options extends Wish {
  /** The default set in full: what docs report. */
  readonly isWhole: boolean;
  readonly keep: "all" | "same" | "nothing";
  readonly processes: number | null;
  readonly help: boolean;
}

const sets: readonly SeedSet[] = ["tuning", "calibration", "published"];

/** Reads the command line. @throws RangeError or TypeError for what it does not understand */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((argument, k) => k > 0 || argument !== "--"), // some pnpm versions pass their `--` on
    options: {
      quick: { type: "boolean", default: false },
      set: { type: "string", default: "published" },
      family: { type: "string", default: "" },
      healthy: { type: "string" },
      faulty: { type: "string" },
      fresh: { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
      "no-repair": { type: "boolean", default: false },
      processes: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { quick, family, fresh, resume, help } = values;
  const set = sets.find((each) => each === values.set);
  if (set === undefined) throw new RangeError(`--set: expected one of ${sets.join(", ")}, got ${values.set}`);
  const [healthy, faulty] = quick ? [28, 25] : [480, 200];
  return {
    set,
    family,
    healthy: count("healthy", values.healthy) ?? healthy,
    faulty: count("faulty", values.faulty) ?? faulty,
    repairs: !values["no-repair"],
    isWhole:
      set === "published" &&
      family === "" &&
      !quick &&
      values.healthy === undefined &&
      values.faulty === undefined,
    keep: fresh ? "nothing" : resume ? "all" : "same",
    processes: count("processes", values.processes),
    help,
  };
}

function count(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0)) throw new RangeError(`--${name}: expected a whole number, got ${text}`);
  return value;
}
