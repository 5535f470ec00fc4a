import { ArgumentError } from "@isograd/autograd";
import { checkNotNegative } from "../optimizers/settings.ts";
import type { Schedule } from "./schedule.ts";

export interface CycleShape {
  /** How many steps the rate rises; default 2000. */
  readonly stepSizeUp?: number;
  /** How many steps it falls; default as many as it rises. */
  readonly stepSizeDown?: number | null;
  /**
   * How high later peaks are: all alike (`triangular`, the default), each half as high as the one before (`triangular2`), or lower by
   * `gamma` at each step (`exp_range`).
   */
  readonly mode?: "triangular" | "triangular2" | "exp_range";
  /** For `exp_range`; default 1. */
  readonly gamma?: number;
  /** How high the peaks are instead, as a share of the first: of the cycle, from 1, or of the step, from 0. */
  readonly scale?: (count: number) => number;
  /** What `scale` is asked of; default `cycle`. */
  readonly scaleMode?: "cycle" | "iterations";
}

export interface CyclicLROptions extends CycleShape {
  /** The lowest rate. */
  readonly baseLearningRate: number;
  /** The rate at the first peak. */
  readonly maxLearningRate: number;
}

export interface CyclicMomentumOptions extends CycleShape {
  /** The momentum at the first peak of the rate; default 0.8. */
  readonly baseMomentum?: number;
  /** The momentum where the rate is lowest; default 0.9. */
  readonly maxMomentum?: number;
}

/**
 * The rate rises and falls along straight lines; it does not depend on the optimizer's own.
 *
 * @throws ArgumentError unless rates, sizes and gamma are finite and not negative, stepSizeUp positive and the modes known
 * @see torch.optim.lr_scheduler.CyclicLR; Smith 2017, "Cyclical learning rates for training neural networks"
 * @example
 * const cycle = { baseLearningRate: 0.001, maxLearningRate: 0.01, stepSizeUp: 500 };
 * const rate = cyclicLR({ ...cycle, mode: "triangular2" });
 * [0, 500, 1000, 1500].map((step) => rate(step, 1)); // [0.001, 0.01, 0.001, 0.0055]
 */
export function cyclicLR({ baseLearningRate, maxLearningRate, ...shape }: CyclicLROptions): Schedule {
  checkNotNegative("cyclicLR", { baseLearningRate, maxLearningRate });
  return cycle("cyclicLR", baseLearningRate, maxLearningRate, shape);
}

/**
 * Momentum that falls as the rate of `cyclicLR` rises, for the same shape of cycles.
 *
 * @throws ArgumentError as `cyclicLR` does
 * @see torch.optim.lr_scheduler.CyclicLR, cycle_momentum
 * @example
 * const shape = { stepSizeUp: 500 };
 * const momentum = cyclicMomentum(shape);
 * [0, 500, 1000].map((step) => momentum(step, 0.9)); // [0.9, 0.8, 0.9]
 * const learningRate = cyclicLR({ baseLearningRate: 0.01, maxLearningRate: 0.1, ...shape });
 * new Scheduler(optimizer, { learningRate, momentum });
 */
export function cyclicMomentum(options: CyclicMomentumOptions = {}): Schedule {
  const { baseMomentum = 0.8, maxMomentum = 0.9, ...shape } = options;
  checkNotNegative("cyclicMomentum", { baseMomentum, maxMomentum });
  return cycle("cyclicMomentum", maxMomentum, baseMomentum, shape);
}

/** Goes from `start` to `peak` and back, again and again. */
function cycle(operation: string, start: number, peak: number, shape: CycleShape): Schedule {
  const { stepSizeUp = 2000, mode = "triangular", gamma = 1 } = shape;
  const stepSizeDown = shape.stepSizeDown ?? stepSizeUp;
  checkNotNegative(operation, { stepSizeUp, stepSizeDown, gamma });
  if (stepSizeUp === 0) throw new ArgumentError(operation, "expected a positive stepSizeUp", stepSizeUp);
  const scales = {
    triangular: () => 1,
    triangular2: (cycles: number) => 2 ** (1 - cycles),
    exp_range: (steps: number) => gamma ** steps,
  };
  if (!Object.hasOwn(scales, mode))
    throw new ArgumentError(operation, "expected mode triangular, triangular2 or exp_range", mode);
  const own = mode === "exp_range" ? "iterations" : "cycle";
  const scale = shape.scale ?? scales[mode];
  const scaleMode = shape.scale === undefined ? own : (shape.scaleMode ?? "cycle");
  if (scaleMode !== "cycle" && scaleMode !== "iterations")
    throw new ArgumentError(operation, "expected scaleMode cycle or iterations", scaleMode);
  const length = stepSizeUp + stepSizeDown;
  return (step) => {
    const at = step % length;
    const height = at <= stepSizeUp ? at / stepSizeUp : (length - at) / stepSizeDown;
    const count = scaleMode === "cycle" ? 1 + Math.floor(step / length) : step;
    return start + (peak - start) * height * scale(count);
  };
}
