import type { Tensor } from "@isograd/autograd";
import {
  adagrad,
  adam,
  chain,
  clipByGlobalNorm,
  type GradientTransform,
  Optimizer,
  rmsprop,
  sgd,
} from "@isograd/nn";
import type { Setting } from "../setting.ts";

const steps: Readonly<Record<Setting["optimizer"], (learningRate: number) => GradientTransform>> = {
  sgd: (learningRate) => sgd({ learningRate }),
  momentum: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  adam: (learningRate) => adam({ learningRate }),
  adagrad: (learningRate) => adagrad({ learningRate }),
  rmsprop: (learningRate) => rmsprop({ learningRate }),
};

/** The optimizer of a setting; `first` stands in front of all. What is not finite goes through: that training fails is what is to be seen. */
export function optimizerOf(
  { optimizer, learningRate, clipping }: Setting,
  parameters: readonly Tensor[],
  first: readonly GradientTransform[] = [],
): Optimizer {
  const clip = clipping === null ? [] : [clipByGlobalNorm(clipping, { errorIfNonFinite: false })];
  return new Optimizer(parameters, chain(...first, ...clip, steps[optimizer](learningRate)));
}

/** The factor on the learning rate at an update. */
export function paceAt({ schedule, steps: all }: Setting, update: number): number {
  const share = update / all;
  if (schedule === "warmUp") return Math.min(1, (update + 1) / (0.2 * all));
  if (schedule === "cosine") return (1 + Math.cos(Math.PI * share)) / 2;
  if (schedule === "steps") return share < 0.5 ? 1 : share < 0.75 ? 0.1 : 0.01;
  return 1;
}
