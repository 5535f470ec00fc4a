import { backward, elu, Generator, leakyRelu, prelu, type Tensor } from "@isograd/autograd";
import {
  Adam,
  BatchNorm1d,
  backtracking,
  categoricalDivergence,
  chain,
  clipByGlobalNorm,
  crossEntropy,
  Linear,
  type Module,
  NaturalGradient,
  Optimizer,
  Sequential,
  SGD,
  sgd,
  spectralNorm,
  weightNorm,
} from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { twiceHe } from "./laboratory/ailments.ts";
import { type Build, plain } from "./laboratory/plain-network.ts";
import { firstExamples } from "./laboratory/task.ts";
import { fastestSteps } from "./laboratory/timing.ts";

type Network = Module<readonly [Tensor], Tensor>;

interface Remedy {
  /** Default: the sick network. */
  readonly build?: Build;
  /** Makes what takes a step; default: plain descent. */
  readonly stepper?: (model: Network, inputs: Tensor, targets: Tensor) => () => unknown;
}

const sick = plain({ width: 64, weights: twiceHe });

const by =
  (make: (parameters: readonly Tensor[]) => Pick<Optimizer, "step" | "zeroGrad">) =>
  (model: Network, inputs: Tensor, targets: Tensor): (() => void) => {
    const optimizer = make(model.parameters());
    return () => {
      optimizer.zeroGrad();
      backward(crossEntropy(model.call(inputs), targets));
      optimizer.step();
    };
  };

const learningRate = 1e-9; // numbers stay usual while it is timed

const descent = by((parameters) => new SGD([...parameters], { learningRate }));

const withEachLinear =
  (change: (layer: Linear) => unknown): Build =>
  (task, generator) => {
    const model = sick(task, generator);
    for (const layer of model.modules()) if (layer instanceof Linear) change(layer);
    return model;
  };

const batchNormalized: Build = (task, generator) =>
  new Sequential(
    sick(task, generator).layers.flatMap((layer, k, all) =>
      layer instanceof Linear && k < all.length - 1 ? [layer, new BatchNorm1d({ numFeatures: 64 })] : [layer],
    ),
  );

const remedies: Readonly<Record<string, Remedy>> = {
  "He's weights": { build: plain({ width: 64 }) },
  "Leaky ReLU": { build: plain({ width: 64, activation: leakyRelu }) },
  ELU: { build: plain({ width: 64, activation: elu }) },
  PReLU: { build: plain({ width: 64, activation: prelu }) },
  "clipping by norm": {
    stepper: by(
      (parameters) => new Optimizer([...parameters], chain(clipByGlobalNorm(1), sgd({ learningRate }))),
    ),
  },
  "weight normalization": { build: withEachLinear(weightNorm) },
  "spectral normalization": { build: withEachLinear((layer) => spectralNorm(layer)) },
  "batch normalization": { build: batchNormalized },
  Adam: { stepper: by((parameters) => new Adam([...parameters], { learningRate })) },
  "natural gradient, ten products a step": {
    stepper: (model, inputs, targets) => {
      const options = {
        divergence: categoricalDivergence,
        damping: 1,
        iterations: 10,
        lineSearch: backtracking(),
      };
      const optimizer = new NaturalGradient(model.parameters(), options);
      return () =>
        optimizer.step({
          outputs: () => model.call(inputs),
          loss: (outputs) => crossEntropy(outputs, targets),
        });
    },
  },
};

export const costOfRemedies: Claim = {
  section: "5.1, 5.2",
  statement: "To solve the explosion one may need a more complex network, and more computation.",
  theory:
    "Better weights cost nothing. What works on a layer's numbers costs little beside its matrix product, and less the wider it is; a look at the curvature costs as many gradients as it takes products, twice.",
  experiment: (laboratory) => {
    const task = laboratory.tasks.digits;
    const { inputs, targets } = firstExamples(task, 64);
    const contestants = Object.entries({ "as it is": {}, ...remedies }).map(
      ([name, remedy]: [string, Remedy]) => {
        const model = (remedy.build ?? sick)(task, new Generator(laboratory.seed));
        const weights = model.parameters().reduce((sum, { size }) => sum + size, 0);
        return { name, weights, step: (remedy.stepper ?? descent)(model, inputs, targets) };
      },
    );
    const groups = Array.from({ length: 2 + laboratory.plan.seeds }, () =>
      fastestSteps(contestants.map(({ step }) => step)),
    ).slice(2); // the first ones are for the compiler
    const [plainOne] = contestants;
    return contestants.slice(1).map(
      ({ name, weights }, k): Measurement => ({
        setting: name,
        quantity: "time of a step over that without the remedy",
        values: groups.map((times) => times[k + 1] / times[0]),
        isFactor: true,
        claimed: { above: 1.05 },
        note: `${weights === plainOne.weights ? "as many" : `${(weights / plainOne.weights).toFixed(3)} times as many`} numbers to learn`,
      }),
    );
  },
};
