import { mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Cache, cacheFolder } from "./cache.ts";
import { families } from "./families/index.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { planLitters, seedOf } from "./plan.ts";
import { trainLitters } from "./processes/team.ts";
import { measuredElsewhere } from "./report/elsewhere.ts";
import { writeReport } from "./report/report.ts";
import { rivals } from "./rivals/index.ts";
import { summary } from "./summary.ts";

const options = understood();
if (options?.help) console.log(usage);
else if (options !== null) await main(options);

/** Null, with the reason said, where the command line cannot be read. */
function understood(): Options | null {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}; see \`pnpm zoo --help\``);
    process.exitCode = 2;
    return null;
  }
}

async function main(options: Options): Promise<void> {
  const plans = planLitters(options);
  const cache = new Cache(join(cacheFolder, `${options.set}.jsonl`), options.keep);
  const waiting = plans.filter((plan) => cache.find(plan) === null);
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  let [litters, runs, crashed] = [0, 0, 0];
  const say = (): void => {
    if (process.stderr.isTTY)
      process.stderr.write(
        `\r${runs} runs, ${litters} of ${waiting.length} litters, ${elapsed().toFixed(0)} s `,
      );
  };
  console.log(`${plans.length} litters, ${plans.length - waiting.length} of them trained already`);
  const processes = options.processes ?? availableParallelism();
  await trainLitters(waiting, processes, {
    onRun: () => {
      runs++;
      say();
    },
    onLitter: (plan, found, seconds) => {
      cache.add(plan, found, seconds);
      litters++;
      say();
    },
    onCrash: (plan, stack) => {
      crashed++;
      console.error(`${seedOf(plan)}: ${stack}`);
    },
  });
  // A report without what could not be run would be a choice of cases.
  if (crashed > 0) throw new Error(`${crashed} litters could not be run to their end`);
  const found = plans.flatMap((plan) => cache.find(plan) ?? []);
  const results = found.flatMap(({ runs: some }) => some);
  const docs = fileURLToPath(new URL("../../../docs", import.meta.url));
  const folder = options.isWhole ? docs : join(cacheFolder, options.set);
  mkdirSync(folder, { recursive: true });
  writeReport(
    results,
    {
      date: new Date().toISOString().slice(0, 10),
      command: ["pnpm zoo", ...process.argv.slice(2)].join(" "),
      machine: `${availableParallelism()} processors, ${cpus()[0]?.model ?? "unknown"}`,
      node: process.version,
      // Of this call and of those that it goes on from.
      seconds: found.reduce((sum, { seconds }) => sum + seconds, 0) / processes,
      families,
      rivals,
      elsewhere: measuredElsewhere(docs),
    },
    folder,
  );
  console.log(summary(results));
  console.log(
    `\n${results.length} runs in ${elapsed().toFixed(0)} s; the report is in ${relative(process.cwd(), folder)}`,
  );
}
