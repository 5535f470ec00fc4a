import { ArgumentError } from "@isograd/autograd";
import { checkCount, checkNotNegative, checkUnit } from "../optimizers/settings.ts";
import { annealCosine } from "./cosine.ts";
import type { Schedule } from "./schedule.ts";

export interface OneCycleShape {
  /** How many steps training takes: steps an epoch times epochs. */
  readonly totalSteps: number;
  /** The share of the steps in which the rate rises (`pct_start`); default 0.3. */
  readonly risingShare?: number;
  /** Along half a cosine (`cos`, the default) or a straight line. */
  readonly annealStrategy?: "cos" | "linear";
  /** Whether the rate falls to where it began in as many steps as it rose, and from there to the end; default false. */
  readonly threePhase?: boolean;
}

export interface OneCycleLROptions extends OneCycleShape {
  /** The rate at the peak. */
  readonly maxLearningRate: number;
  /** How many times lower the rate begins; default 25. */
  readonly divFactor?: number;
  /** How many times lower than it began the rate ends; default 1e4. */
  readonly finalDivFactor?: number;
}

export interface OneCycleMomentumOptions extends OneCycleShape {
  /** The momentum at the peak of the rate; default 0.85. */
  readonly baseMomentum?: number;
  /** The momentum at the beginning and at the end; default 0.95. */
  readonly maxMomentum?: number;
}

/**
 * The rate rises to a peak and falls far below where it began, once; it does not depend on the optimizer's own.
 *
 * The last step is `totalSteps - 1`; from there on the rate stays.
 *
 * @throws ArgumentError unless totalSteps is a whole number from 1 on, risingShare within [0, 1], the rate finite and not negative, the factors
 *   positive and the strategy known
 * @see torch.optim.lr_scheduler.OneCycleLR; Smith, Topin 2018, "Super-convergence"
 * @example
 * const rate = oneCycleLR({ maxLearningRate: 0.1, totalSteps: 1000 });
 * [0, 299, 999].map((step) => rate(step, 1)); // [0.004, 0.1, 4e-7]
 */
export function oneCycleLR(options: OneCycleLROptions): Schedule {
  const { maxLearningRate, divFactor = 25, finalDivFactor = 1e4, ...shape } = options;
  checkNotNegative("oneCycleLR", { maxLearningRate, divFactor, finalDivFactor });
  if (divFactor * finalDivFactor === 0)
    throw new ArgumentError("oneCycleLR", "expected positive factors", [divFactor, finalDivFactor]);
  const initial = maxLearningRate / divFactor;
  return oneCycle("oneCycleLR", [initial, maxLearningRate, initial / finalDivFactor], shape);
}

/**
 * Momentum that falls as the rate of `oneCycleLR` rises, for the same shape.
 *
 * @throws ArgumentError as `oneCycleLR` does
 * @see torch.optim.lr_scheduler.OneCycleLR, cycle_momentum
 * @example
 * const shape = { totalSteps: 1000 };
 * const momentum = oneCycleMomentum(shape);
 * [0, 299, 999].map((step) => momentum(step, 0.9)); // [0.95, 0.85, 0.95]
 * new Scheduler(optimizer, { learningRate: oneCycleLR({ maxLearningRate: 0.1, ...shape }), momentum });
 */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Schedule {
  const { baseMomentum = 0.85, maxMomentum = 0.95, ...shape } = options;
  checkNotNegative("oneCycleMomentum", { baseMomentum, maxMomentum });
  return oneCycle("oneCycleMomentum", [maxMomentum, baseMomentum, maxMomentum], shape);
}

const anneals = {
  cos: annealCosine,
  linear: (start: number, end: number, share: number) => start + (end - start) * share,
};

/** From the initial value to the peak, and to the final value. */
function oneCycle(
  operation: string,
  [initial, peak, final]: readonly [number, number, number],
  { totalSteps, risingShare = 0.3, annealStrategy = "cos", threePhase = false }: OneCycleShape,
): Schedule {
  checkCount(operation, "totalSteps", totalSteps);
  checkUnit(operation, "risingShare", risingShare);
  if (!Object.hasOwn(anneals, annealStrategy))
    throw new ArgumentError(operation, "expected annealStrategy cos or linear", annealStrategy);
  const anneal = anneals[annealStrategy];
  const last = totalSteps - 1;
  // Ends may be fractions of steps, and the first may lie before step 0: the next phase has begun then.
  const phases = [
    { end: risingShare * totalSteps - 1, to: peak },
    ...(threePhase ? [{ end: 2 * risingShare * totalSteps - 2, to: initial }] : []),
    { end: last, to: final },
  ];
  return (step) => {
    const at = Math.min(step, last);
    let [begin, from] = [0, initial];
    for (const { end, to } of phases) {
      if (at <= end) return end === begin ? to : anneal(from, to, (at - begin) / (end - begin));
      [begin, from] = [end, to];
    }
    return final;
  };
}
