import { type Values, zerosLike } from "../clipping/norms.ts";
import { chain } from "./chain.ts";
import { average } from "./descent.ts";
import { type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { type OrthogonalizeOptions, orthogonalize } from "./orthogonalize.ts";
import { scaleByLearningRate } from "./scale.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface MuonOptions extends OrthogonalizeOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** Takes learningRate times so much of each parameter off, whatever its gradient; default 0.1. */
  readonly weightDecay?: number;
  /** How much of the mean of past gradients is kept; default 0.95. */
  readonly momentum?: number;
  /** Looks ahead by one step of momentum; default true. */
  readonly nesterov?: boolean;
}

interface MuonMemory extends Memory {
  readonly mean: Values;
}

/**
 * Muon as a transform: momentum, orthogonalized. For the weights between hidden layers; the rest takes another optimizer.
 *
 * @throws ArgumentError on parameters with fewer than two axes, or if an option is out of range
 * @see Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; torch.optim.Muon
 * @example
 * const [weights, others] = [[parameter(full([3, 3], 1))], [parameter([1, 1])]];
 * const each = grouped(
 *   { count: weights.length, transform: muon({ learningRate: 0.02 }) },
 *   { count: others.length, transform: adamw({ learningRate: 1e-3 }) },
 * );
 * new Optimizer([...weights, ...others], each).learningRates; // [0.02, 0.001]
 */
export function muon(options: MuonOptions = {}): GradientTransform<unknown[]> {
  const { learningRate = 1e-3, weightDecay = 0.1, momentum = 0.95, nesterov = true, ...others } = options;
  checkNotNegative("muon", { learningRate, weightDecay });
  checkShares("muon", "momentum", momentum);
  return chain(
    running(momentum, nesterov),
    orthogonalize(others),
    scaleByLearningRate(learningRate, weightDecay),
  );
}

const running = (momentum: number, nesterov: boolean): GradientTransform<Remembered<MuonMemory, object>> =>
  remembering<MuonMemory, object>({
    own: {},
    begin: (like) => ({ step: 0, mean: zerosLike(like) }),
    keeps: ["mean"],
    numbers: 0,
    write: ({ gradient, kept }) => {
      const mean = average(momentum, kept[0], gradient);
      return [nesterov ? average(momentum, mean, gradient) : mean, mean];
    },
    take: () => [],
  });

/**
 * The optimizer of `muon`.
 *
 * @see torch.optim.Muon
 * @example
 * const layer = new Linear({ inFeatures: 2, outFeatures: 2, bias: false });
 * const optimizer = new Muon(layer.parameters(), { learningRate: 0.02 });
 * const { losses } = await fit({ model: layer, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Muon: OptimizerClass<MuonOptions, unknown[]> = /* @__PURE__ */ optimizerClass("Muon", muon);
export type Muon = Optimizer<unknown[]>;
