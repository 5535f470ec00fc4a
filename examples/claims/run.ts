import { parseArgs } from "node:util";
import { readMnist } from "../demo/data/mnist.ts";
import type { Claim } from "./claim.ts";
import { type Laboratory, openLaboratory } from "./laboratory/laboratory.ts";
import { quickPlan, wholePlan } from "./plan.ts";
import { claims } from "./registry.ts";
import { details, type Examined, table } from "./report/text.ts";

/**
 * Puts the claims of a widely read article on exploding gradients and activation functions to the test, one experiment each.
 *
 * @param args `--seed N`; `--quick`: smaller experiments; `--only NAME,NAME`: some of the claims; `--data FOLDER` with MNIST's files
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
      only: { type: "string" },
      data: { type: "string" },
    },
  });
  const names = values.only?.split(",") ?? Object.keys(claims);
  const unknown = names.find((name) => !Object.hasOwn(claims, name));
  if (unknown !== undefined) {
    print(`Which claim? ${unknown} is none of: ${Object.keys(claims).join(", ")}`);
    process.exitCode = 2;
    return;
  }
  const plan = values.quick ? quickPlan : wholePlan;
  const laboratory = openLaboratory({
    plan,
    seed: values.seed,
    mnist: readMnist(values.data ?? null),
    signal,
  });
  await examineAll(
    names.map((name) => [name, claims[name]]),
    laboratory,
    print,
  );
  print(`${(performance.now() / 1000).toFixed(0)} s, seed ${values.seed}, ${plan.seeds} networks a number`);
}

/** Prints what comes of each claim, and a table of all in the end. */
export async function examineAll(
  claims: readonly (readonly [name: string, claim: Claim])[],
  laboratory: Laboratory,
  print: (line: string) => void,
): Promise<Examined[]> {
  const examined: Examined[] = [];
  for (const [name, claim] of claims) {
    laboratory.signal?.throwIfAborted();
    const measurements = await claim.experiment(laboratory);
    examined.push({ name, claim, measurements });
    print(`${details(examined[examined.length - 1])}\n`);
  }
  print(table(examined));
  return examined;
}
