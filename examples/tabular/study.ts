import { clamp, concat, type Generator, type Tensor } from "@isograd/autograd";
import { concatDatasets, kFold, normalizer, subset } from "@isograd/nn";
import { constant, linearRegression } from "./baselines.ts";
import type { Diamonds } from "./diamonds.ts";
import { ensemble } from "./ensemble.ts";
import type { Forecast, Known } from "./forecast.ts";
import type { Plan } from "./plan.ts";
import { type Scores, score } from "./scores.ts";

export type ScoresByName = Readonly<Record<string, Scores>>;

export interface StudyOptions {
  readonly plan: Plan;
  readonly generator: Generator;
  readonly signal?: AbortSignal;
}

/** Learns from some diamonds, in several ways, and forecasts the prices of others. */
export async function compare(
  known: Diamonds,
  others: Diamonds,
  { plan, ...options }: StudyOptions,
): Promise<ScoresByName> {
  const scaling = normalizer(known.numbers);
  // Some lengths are slips of the pen, such as 58.9 mm: no number counts for more than five deviations.
  const inputsOf = ({ numbers, grades }: Diamonds): Tensor =>
    concat([clamp(scaling.apply(numbers), -5, 5), grades], 1);
  const rows: Known = { inputs: inputsOf(known), targets: known.logPrices };
  const inputs = inputsOf(others);
  const linear = await ensemble(rows, inputs, { ...plan, ...options, members: 1, hiddenLayers: 0 });
  const { first, together } = await ensemble(rows, inputs, { ...plan, ...options });
  const forecasts: Record<string, Forecast> = {
    constant: constant(rows, inputs),
    "linear regression": linearRegression(rows, inputs),
    "linear network": linear.first,
    network: first,
    [`ensemble of ${plan.members}`]: together,
  };
  return Object.fromEntries(
    Object.entries(forecasts).map(([name, forecast]) => [name, score(forecast, others.logPrices)]),
  );
}

/** Forecasts each of `diamonds` by what was learnt from `always` and the other folds. */
export async function* crossValidate(
  diamonds: Diamonds,
  always: Diamonds,
  options: StudyOptions,
): AsyncGenerator<ScoresByName> {
  // Stones of one weight and size may be one stone, offered twice: they stay together.
  const folds = kFold(diamonds, {
    folds: options.plan.folds,
    groups: diamonds.stones,
    shuffle: true,
    generator: options.generator.fork("folds"),
  });
  for (const [fold, { train, test }] of folds.entries())
    yield compare(concatDatasets([always, subset(diamonds, train)]), subset(diamonds, test), {
      ...options,
      generator: options.generator.fork(`fold ${fold}`),
    });
}
