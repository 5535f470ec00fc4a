import { parseArgs } from "node:util";
import { Generator } from "@isograd/autograd";
import { splitDataset, subset } from "@isograd/nn";
import { readDiamonds } from "./diamonds.ts";
import { quickPlan, wholePlan } from "./plan.ts";
import { compare, crossValidate, type ScoresByName } from "./study.ts";
import { tableOf } from "./table.ts";

/**
 * Forecasts prices of diamonds and says how far one may trust the forecasts.
 *
 * @param args `--seed N`; `--quick`: fewer rows; `--validate`: forecast only the rows that choices are made by, which no fold forecasts
 */
export async function run(
  args: readonly string[],
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "7" },
      quick: { type: "boolean", default: false },
      validate: { type: "boolean", default: false },
    },
  });
  const plan = values.quick ? quickPlan : wholePlan;
  const options = { plan, generator: new Generator(values.seed), signal };
  const all = readDiamonds();
  const count = Math.min(plan.rows, all.logPrices.size);
  // The file is in the order of prices, more or less.
  const diamonds = subset(all, new Generator("rows").permutation(all.logPrices.size).subarray(0, count));
  // Those to choose by are the same whatever the seed.
  const choosing = { groups: diamonds.stones, generator: new Generator("choices") };
  const { choices, rest } = splitDataset(diamonds, { choices: 0.1, rest: "rest" }, choosing);
  print(`diamonds: ${count} rows, ${choices.logPrices.size} of them to choose by; seed ${values.seed}`);
  if (values.validate) {
    print(`forecasts of the rows to choose by\n${tableOf([await compare(rest, choices, options)])}`);
    return;
  }
  const folds: ScoresByName[] = [];
  for await (const scores of crossValidate(rest, choices, options)) {
    folds.push(scores);
    print(`fold ${folds.length} of ${plan.folds} after ${(performance.now() / 1000).toFixed(0)} s`);
  }
  print(
    `forecasts of ${rest.logPrices.size} rows, each by what was learnt from the other folds\n${tableOf(folds)}`,
  );
}
