import { backward } from "@isograd/autograd";
import { diagnose, watch } from "@isograd/diagnostics";
import { Sequential, SGD } from "@isograd/nn";
import { faultyFamilies, healthyFamilies } from "./families.ts";
import type { Family } from "./family.ts";

// Prints, family by family, what `diagnose` and `watch` say of networks. The seeds are others than those of the tests.
//   npx tsx --conditions=@isograd/source packages/diagnostics/test/networks/count.ts [networks a family] [part of a name]

const [count = "50", part = ""] = process.argv.slice(2);

/** The verdict on the network of a seed. */
type Say = (family: Family, seed: string) => string;

const diagnosed: Say = ({ make }, seed) => {
  const { model, batch, loss } = make(seed);
  return diagnose(model, batch, loss, { seed }).verdict;
};

/** What the watcher finds: at the first step, and over 60 steps where the model lists its parameters. */
const watched: Say = ({ make }, seed) => {
  const { model, batch, loss } = make(seed);
  const optimizer = model instanceof Sequential ? new SGD(model.parameters(), { learningRate: 0.01 }) : null;
  using watcher = watch();
  for (let step = 0; step < (optimizer === null ? 1 : 60); step++) {
    optimizer?.zeroGrad();
    backward(
      loss(typeof model === "function" ? model(batch.inputs) : model.call(batch.inputs), batch.targets),
    );
    optimizer?.step();
  }
  return [...new Set(watcher.findings.map(({ finding }) => finding.fault))].join(", ") || "healthy";
};

function print<F extends Family>(
  title: string,
  families: readonly F[],
  say: Say,
  expected: (family: F) => string,
) {
  let [right, all] = [0, 0];
  const began = performance.now();
  for (const family of families.filter(({ name }) => name.includes(part))) {
    const verdicts = new Map<string, number>();
    for (let k = 0; k < Number(count); k++) {
      const verdict = say(family, `count ${k}`);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      if (verdict.includes(expected(family))) right++;
      all++;
    }
    const list = [...verdicts].map(([verdict, times]) => `${verdict} ${times}`).join("; ");
    process.stdout.write(`  ${family.name.padEnd(28)} ${list}\n`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`${title}: ${right} of ${all} as expected, ${all - right} not; ${seconds} s\n`);
}

print("healthy, diagnosed", healthyFamilies, diagnosed, () => "healthy");
print("faulty, diagnosed", faultyFamilies, diagnosed, ({ fault }) => fault);
print("healthy, watched", healthyFamilies, watched, () => "healthy");
