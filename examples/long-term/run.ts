import { parseArgs } from "node:util";
import { methodsAt, type Plan, quickPlan, wholePlan } from "./plan.ts";
import { header, row } from "./table.ts";
import { type Outcome, runTrial } from "./trial.ts";

/** Trains networks to remember, with and without clipping, and prints how many learnt it. `--seed N`, `--quick`. */
export async function run(
  args: readonly string[],
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: "string", default: "7" }, quick: { type: "boolean", default: false } },
  });
  await compare(values.quick ? quickPlan : wholePlan, values.seed, print, signal);
}

/** Prints a row for each method at each setting. */
export async function compare(
  { settings, trials, heldOut }: Plan,
  seed: string,
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const begin = performance.now();
  print(header);
  for (const setting of settings)
    for (const method of methodsAt(setting)) {
      const outcomes: Outcome[] = [];
      for (let k = 0; k < trials; k++)
        outcomes.push(
          await runTrial(
            {
              ...setting,
              network: method.network,
              descent: method.descent(setting),
              seed: `${seed}/${k}`,
              heldOut,
            },
            signal,
          ),
        );
      print(row(setting, method, outcomes));
    }
  print(`${((performance.now() - begin) / 1000).toFixed(0)} s, seed ${seed}`);
}
