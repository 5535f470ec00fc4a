import { elu, Generator, gelu, leakyRelu, relu, selu, sigmoid, silu, tanh } from "@isograd/autograd";
import { fittingVariance } from "@isograd/diagnostics";
import { adviseActivation, type ModuleAdviceOptions } from "@isograd/diagnostics/nn";
import { Adam, batches, heNormal } from "@isograd/nn";
import type { Measurement } from "../claim.ts";
import { byAdam } from "./descents.ts";
import { differences } from "./estimate.ts";
import type { Laboratory } from "./laboratory.ts";
import { type Build, plain } from "./plain-network.ts";
import { type Tuned, tuned } from "./tuned.ts";

const candidates = [relu, leakyRelu, elu, selu, gelu, silu, tanh, sigmoid];

/** The network of a candidate, with weights that suit it; the same object at each call, so that it is trained once. */
const builds = [5, 12].map((layers) => ({
  layers,
  arms: candidates.map((activation) => ({
    build: plain({
      layers,
      activation,
      weights: heNormal({ gain: Math.sqrt(fittingVariance(activation)) }),
    }),
    ...byAdam,
  })),
}));

/** How good the activation is that one way of advice names, where the truth is what training all of them in full gives. */
export async function adviceMeasurements(
  laboratory: Laboratory,
  by: ModuleAdviceOptions["by"],
): Promise<Measurement[]> {
  const { digits } = laboratory.tasks;
  const measured: Measurement[] = [];
  for (const { layers, arms } of builds) {
    const grid: Tuned[] = [];
    for (const arm of arms) grid.push(await tuned(laboratory, digits, arm));
    const best = grid.reduce((a, b) => (b.chosenBy > a.chosenBy ? b : a));
    const advice = laboratory.seeds.map((seed) => adviceFor(laboratory, arms[0].build, seed, by));
    const advised = advice.map(
      ({ name }, k) => grid[candidates.findIndex((each) => each.name === name)].scores[k],
    );
    const byLot = laboratory.seeds.map(
      (_, k) => grid.reduce((sum, { scores }) => sum + scores[k], 0) / grid.length,
    );
    const setting = `${layers} layers, ${candidates.length} activations, advice by ${by}`;
    const note = `named: ${counted(advice.map(({ name }) => name))}; ${meanOf(advice.map(({ share }) => 100 * share)).toFixed(0)} % of the steps that training all in full takes`;
    measured.push(
      {
        setting,
        quantity: "points lost against the best one",
        values: differences(best.scores, advised),
        claimed: { below: 2 },
        note,
      },
      {
        setting,
        quantity: "points gained over one drawn by lot",
        values: differences(advised, byLot),
        claimed: { above: 1 },
      },
    );
  }
  return measured;
}

/** Which activation is named, and by which share of the steps of training all in full. */
function adviceFor(
  { plan, tasks: { digits } }: Laboratory,
  build: Build,
  seed: string,
  by: ModuleAdviceOptions["by"],
): { readonly name: string; readonly share: number } {
  const generator = new Generator(seed).fork("advice");
  const { inputs, targets } = digits.training;
  const data = batches({ inputs, targets }, { batchSize: 32, shuffle: true, dropLast: true, generator });
  const course = [];
  while (course.length < plan.steps) course.push(...data);
  const networks = 2;
  const { ranking, cost } = adviseActivation(build(digits, generator.fork("weights")), course, digits.loss, {
    by,
    candidates,
    networks,
    seed,
    steps: plan.steps,
    heldOut: [digits.choosing],
    measure: digits.score,
    optimizer: ({ model }) => new Adam(model.parameters(), { learningRate: 3e-3 }),
  });
  return { name: ranking[0].name, share: cost.steps / (candidates.length * networks * plan.steps) };
}

/** `tanh 4, relu 2` */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
