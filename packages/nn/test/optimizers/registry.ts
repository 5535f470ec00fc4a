import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  asgd,
  chain,
  clipByGlobalNorm,
  type GradientTransform,
  grouped,
  lamb,
  lars,
  lion,
  lookahead,
  muon,
  nadam,
  radam,
  rmsprop,
  rprop,
  scaleByLearningRate,
  sgd,
  sparseAdam,
} from "@isograd/nn";

export interface Entry {
  /** With a rate at which 400 steps come near the minimum of the quadratic in the laws. */
  readonly make: () => GradientTransform;
  /** How near: the loss to that at the start. */
  readonly reach: number;
  /** Whether it moves parameters to which a zero gradient comes at the first step: by decay. */
  readonly decays?: boolean;
}

/** Transforms that move parameters of two axes; each on 3 parameters. */
export const registry: Readonly<Record<string, Entry>> = {
  sgd: { make: () => sgd({ learningRate: 0.1 }), reach: 1e-6 },
  momentum: { make: () => sgd({ learningRate: 0.02, momentum: 0.9, dampening: 0.1 }), reach: 1e-6 },
  nesterov: { make: () => sgd({ learningRate: 0.02, momentum: 0.9, nesterov: true }), reach: 1e-6 },
  adagrad: { make: () => adagrad({ learningRate: 0.5, learningRateDecay: 1e-3 }), reach: 1e-4 },
  adadelta: { make: () => adadelta({ eps: 1e-3 }), reach: 1e-3 },
  rmsprop: { make: () => rmsprop({ learningRate: 0.01 }), reach: 1e-3 },
  centered: { make: () => rmsprop({ learningRate: 3e-3, centered: true, momentum: 0.5 }), reach: 1e-2 },
  adam: { make: () => adam({ learningRate: 0.05 }), reach: 1e-4 },
  amsgrad: { make: () => adam({ learningRate: 0.05, amsgrad: true }), reach: 1e-3 },
  adamw: { make: () => adamw({ learningRate: 0.05, weightDecay: 1e-3 }), reach: 1e-3, decays: true },
  "sparse adam": { make: () => sparseAdam({ learningRate: 0.05 }), reach: 1e-3 },
  adamax: { make: () => adamax({ learningRate: 0.05 }), reach: 1e-3 },
  nadam: { make: () => nadam({ learningRate: 0.05 }), reach: 1e-3 },
  radam: { make: () => radam({ learningRate: 0.05 }), reach: 1e-2 },
  rprop: { make: () => rprop({ learningRate: 0.05 }), reach: 1e-6 },
  asgd: { make: () => asgd({ learningRate: 0.1, t0: 10 }), reach: 1e-4, decays: true },
  lion: { make: () => lion({ learningRate: 1e-2 }), reach: 1e-3 },
  lamb: { make: () => lamb({ learningRate: 0.02 }), reach: 1e-2 },
  lars: { make: () => lars({ learningRate: 1, trustCoefficient: 0.01 }), reach: 1e-1 },
  muon: { make: () => muon({ learningRate: 0.1, weightDecay: 1e-3 }), reach: 1e-2, decays: true },
  lookahead: { make: () => lookahead(adam({ learningRate: 0.05 })), reach: 1e-3 },
  "scaled directions": { make: () => scaleByLearningRate(0.1, 1e-3), reach: 1e-2, decays: true },
  groups: {
    make: () =>
      grouped(
        { count: 1, transform: sgd({ learningRate: 0.1 }) },
        { count: 2, transform: adam({ learningRate: 0.05 }) },
      ),
    reach: 1e-3,
  },
  "clipped groups": {
    make: () =>
      chain(
        clipByGlobalNorm(1),
        grouped(
          { count: 2, transform: chain(sgd({ learningRate: 0.1 })) },
          { count: 1, transform: lookahead(rmsprop({ learningRate: 0.01 })) },
        ),
      ),
    reach: 1e-2,
  },
};
