import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { setThreads } from "@isograd/autograd";
import { readMobyDick } from "./book.ts";
import { type Plan, quickPlan, wholePlan } from "./plan.ts";
import { type Kind, kinds, tell } from "./story.ts";

/**
 * Learns "Moby-Dick" character by character.
 *
 * @param args `--model lstm` or `--model transformer`, default both; `--seed N`; `--quick`: a piece of the book and small models;
 *   `--epochs N`: another budget; `--threads N`: default as many as the machine has; `--validate`: predict the part to choose by instead of the test
 *   part; `--checkpoints FOLDER`: where an interrupted run goes on
 */
export async function run(
  args: readonly string[],
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: "string" },
      seed: { type: "string", default: "7" },
      quick: { type: "boolean", default: false },
      epochs: { type: "string" },
      threads: { type: "string" },
      validate: { type: "boolean", default: false },
      checkpoints: { type: "string", default: tmpdir() },
    },
  });
  if (values.threads !== undefined) setThreads(Number(values.threads));
  const { seed, validate, checkpoints } = values;
  const chosen = kindsOf(values.model);
  print(`Moby-Dick, seed ${seed}`);
  await tell(readMobyDick(), {
    plan: planOf(values),
    seed,
    kinds: chosen,
    validate,
    checkpoints,
    print,
    signal,
  });
}

function kindsOf(name: string | undefined): readonly Kind[] {
  const chosen = kinds.filter((kind) => (name ?? kind) === kind);
  if (chosen.length === 0) throw new RangeError(`--model: expected one of ${kinds}, got ${name}`);
  return chosen;
}

function planOf({ quick, epochs }: { readonly quick: boolean; readonly epochs?: string }): Plan {
  const plan = quick ? quickPlan : wholePlan;
  if (epochs === undefined) return plan;
  return {
    ...plan,
    lstm: { ...plan.lstm, epochs: Number(epochs) },
    transformer: { ...plan.transformer, epochs: Number(epochs) },
  };
}
