import { ArgumentError, add, mul } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface SGDOptions extends DescentOptions {
  readonly learningRate: number;
  /** The share of the last step that is kept; default 0. */
  readonly momentum?: number;
  /** What is taken off the gradient as it joins the momentum; default 0. */
  readonly dampening?: number;
  /** Looks ahead by one step of momentum; default false. */
  readonly nesterov?: boolean;
}

export interface SGDMemory extends Memory {
  /** Null without momentum. */
  readonly velocity: Values | null;
}

/** With a momentum if there was one to begin with. */
export type SGDState = Remembered<SGDMemory, Pick<Pace, "learningRate"> & Partial<Pace>>;

/**
 * Stochastic gradient descent, with momentum if wanted, as a transform.
 *
 * @throws ArgumentError if an option is negative, or nesterov comes without momentum or with dampening
 * @see torch.optim.SGD; Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning"
 * @example
 * const weight = parameter([1]);
 * const optimizer = new Optimizer([weight], sgd({ learningRate: 0.1, momentum: 0.9 }));
 * weight.grad = tensor([1]);
 * optimizer.step();
 * optimizer.step();
 * weight; // [0.71]
 */
export function sgd(options: SGDOptions): GradientTransform<SGDState> {
  const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
  checkNotNegative("sgd", { learningRate, momentum, weightDecay });
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new ArgumentError(
      "sgd",
      "expected momentum and no dampening with nesterov",
      `momentum ${momentum}, dampening ${dampening}`,
    );
  }
  const remembers = momentum > 0;
  return remembering<SGDMemory, Pick<Pace, "learningRate"> & Partial<Pace>>({
    own: remembers ? { learningRate, momentum } : { learningRate },
    begin: (like) => ({ step: 0, velocity: remembers ? zerosLike(like) : null }),
    keeps: remembers ? ["velocity"] : [],
    numbers: remembers ? 3 : 1,
    write: (element) => {
      const [before] = element.kept;
      const [rate, share, keeping] = element.numbers;
      const g = descent(element, options);
      if (!remembers) return [mul(rate, g)];
      const velocity = add(mul(keeping, before), mul(share, g));
      return [mul(rate, nesterov ? add(g, mul(keeping, velocity)) : velocity), velocity];
    },
    take: ({ step }, { learningRate: rate, momentum: keeping }) => {
      // The first gradient joins undampened.
      const share = step === 1 ? 1 : 1 - dampening;
      return keeping === undefined ? [-rate] : [-rate, share, keeping];
    },
  });
}

/**
 * The optimizer of `sgd`.
 *
 * @see torch.optim.SGD
 * @example
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const SGD: OptimizerClass<SGDOptions, SGDState> = /* @__PURE__ */ optimizerClass("SGD", sgd);
export type SGD = Optimizer<SGDState>;
