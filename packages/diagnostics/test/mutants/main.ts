/**
 * Makes every threshold and every statistic of the detectors, of the lint and of the watcher wrong, in turn, and counts the mutants that their tests let live.
 *
 * Run it with `pnpm mutants:diagnostics [part of a file's name]`. The sources are changed on their way into the tests, not where they lie. Exits
 * with 1 if a mutant lives that is not listed as equivalent.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createVitest } from "vitest/node";
import { equivalents } from "./equivalents.ts";
import { mutationsOf } from "./mutations.ts";

const root = resolve(import.meta.dirname, "../../../..");
const folder = "packages/diagnostics";

/** Each source with the tests that are to notice. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  "advise/candidate": ["advise/candidate"],
  "advise/competition": ["advise/competition"],
  "advise/confidence-sequence": ["advise/confidence-sequence"],
  "advise/extrapolation": ["advise/extrapolation"],
  "advise/gaussian-law": ["advise/gaussian-law"],
  "advise/leave-one-out": ["advise/leave-one-out"],
  "advise/measure": ["advise/measure"],
  "advise/predict": ["advise/predict"],
  "advise/score": ["advise/score"],
  "advise/stochastic": ["advise/stochastic"],
  "error-rate": ["error-rate"],
  "detectors/cut-off": ["detectors/cut-off"],
  "detectors/detached": ["detectors/detached"],
  "detectors/flow-causes": ["detectors/flow-causes"],
  "detectors/flow-harm": ["detectors/flow-harm"],
  "detectors/gradient-flow": ["detectors/gradient-flow"],
  "detectors/judge": ["detectors/judge"],
  "detectors/linear": ["detectors/linear"],
  "detectors/symmetry": ["detectors/symmetry"],
  "detectors/tells-apart": ["detectors/tells-apart", "watch/learning/latent"],
  "detectors/through-time": ["detectors/through-time"],
  "detectors/units": ["detectors/units"],
  "detectors/unit-causes": ["detectors/unit-causes"],
  "detectors/unit-report": ["detectors/unit-report"],
  "detectors/wide-weights": ["detectors/wide-weights"],
  "flow/between": ["flow/between"],
  "flow/contrast": ["flow/contrast"],
  "flow/sections": ["flow/sections"],
  "flow/measure": ["flow/measure", "flow/attribution.laws"],
  "flow/recurrence": ["flow/recurrence"],
  "lint/rules/batch-norm": ["lint/rules/batch-norm"],
  "lint/rules/constant": ["lint/constant"],
  "lint/rules/depth": ["lint/rules/depth"],
  "lint/rules/loss": ["lint/rules/loss"],
  "lint/rules/output": ["lint/rules/output"],
  "lint/rules/residual": ["lint/rules/residual"],
  "lint/rules/width": ["lint/rules/width"],
  "nn/claims": ["nn/claims"],
  "nn/halving": ["nn/halving"],
  "nn/pairs": ["nn/pairs"],
  "nn/trial": ["nn/trial"],
  "nn/trials": ["nn/trials"],
  "nn/verify": ["nn/verify.laws"],
  "watch/norms/aftermath": ["watch/norms/aftermath"],
  "watch/learning/amiss": ["watch/learning/amiss"],
  "watch/learning/constancy": ["watch/learning/constancy"],
  "watch/steps/divergence": ["watch/steps/divergence"],
  "watch/norms/drift": ["watch/norms/drift"],
  "watch/learning/fading": ["watch/learning/fading"],
  "watch/cost/governor": ["watch/cost/governor"],
  "watch/record/gradient-square": ["watch/record/gradient-square"],
  "watch/learning/latent": ["watch/learning/latent"],
  "watch/learning/learning": ["watch/learning/learning"],
  "watch/steps/leap": ["watch/steps/leap"],
  "watch/steps/milestones": ["watch/steps/milestones"],
  "watch/norms/monitor": ["watch/norms/monitor"],
  "watch/steps/pace": ["watch/steps/pace"],
  "watch/learning/progress": ["watch/learning/progress"],
  "watch/norms/sequence": ["watch/norms/sequence"],
  "watch/steps/stall": ["watch/steps/stall"],
  "watch/cost/toll": ["watch/cost/toll"],
  "watch/steps/told": ["watch/steps/told"],
  "watch/learning/unlearnt": ["watch/learning/unlearnt"],
  "watch/steps/unmoved": ["watch/steps/unmoved"],
  "watch/norms/unreached": ["watch/norms/unreached"],
  "watch/watcher": ["watch/watcher", "watch/guarantees"],
};

const [part = ""] = process.argv.slice(2);
let mutant: { readonly file: string; readonly source: string } | null = null;

const conditions = ["@isograd/source", "node", "development|production"];
const vitest = await createVitest(
  "test",
  {
    root,
    config: false,
    include: [`${folder}/test/**/*.test.ts`],
    setupFiles: ["scripts/vitest.setup.ts"],
    testTimeout: 60_000,
    watch: false,
    bail: 1,
    reporters: [{}],
    maxWorkers: 1,
    update: false,
    // What is not mutated is bundled once: a mutant then takes a third of the time.
    deps: { optimizer: { ssr: { enabled: true, include: ["@isograd/autograd", "@isograd/nn"] } } },
  },
  {
    optimizeDeps: { force: true },
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    plugins: [
      {
        name: "mutant",
        enforce: "pre",
        transform: (_, id) => (mutant !== null && id.split("?")[0] === mutant.file ? mutant.source : null),
      },
    ],
  },
);

/** Whether the tests pass. @param patience in milliseconds: what takes longer is caught in a loop that it never leaves */
async function pass(tests: readonly string[], patience = 3_600_000): Promise<boolean> {
  const files = tests.map((name) => resolve(root, folder, "test", `${name}.test.ts`));
  const specifications = await vitest.globTestSpecifications(files);
  let stuck = false;
  const deadline = setTimeout(() => {
    stuck = true;
    // The second call does not wait for what is running.
    for (let call = 0; call < 2; call++) void vitest.cancelCurrentRun("keyboard-input");
  }, patience);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  clearTimeout(deadline);
  // Those of earlier subjects are told as well.
  const own = testModules.filter(({ moduleId }) => files.includes(moduleId));
  return (
    !stuck &&
    unhandledErrors.length === 0 &&
    own.length === files.length &&
    own.every((module) => module.ok())
  );
}

let [killed, equivalent] = [0, 0];
const alive: string[] = [];
for (const [name, tests] of Object.entries(subjects)) {
  if (!name.includes(part)) continue;
  const file = resolve(root, folder, "src", `${name}.ts`);
  const source = readFileSync(file, "utf8");
  const began = performance.now();
  if (!(await pass(tests))) throw new Error(`the tests of ${name} fail as they are`);
  const patience = 10_000 + 3 * (performance.now() - began);
  for (const mutation of mutationsOf(source)) {
    const label = `${name}:${mutation.name}`;
    mutant = { file, source: mutation.apply(source) };
    vitest.invalidateFile(file);
    const survived = await pass(tests, patience);
    mutant = null;
    vitest.invalidateFile(file);
    if (!survived) killed++;
    else if (equivalents(source, label) !== null) equivalent++;
    else {
      alive.push(label);
      process.stdout.write(`alive: ${label}\n`);
    }
  }
  process.stdout.write(`${name}: ${killed} killed so far, ${equivalent} equivalent, ${alive.length} alive\n`);
}
await vitest.close();
process.exitCode = alive.length === 0 ? 0 : 1;
