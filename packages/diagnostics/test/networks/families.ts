import { elu, Generator, gelu, leakyRelu, relu, selu, sigmoid, silu, tanh } from "@isograd/autograd";
import { BatchNorm1d, crossEntropy, mseLoss, orthogonal, xavierNormal } from "@isograd/nn";
import { classes, pixels } from "./data.ts";
import type { Family, Subject } from "./family.ts";
import { type Plain, plain } from "./plain.ts";
import {
  convolutional,
  embedding,
  partlyFrozen,
  recurrent,
  residual,
  twoHeads,
  weightNormalised,
} from "./structured.ts";

type Shared = Omit<Plain, "seed" | "width" | "depth">;

/** Plain networks whose width and depth are drawn for each seed. */
const plainly =
  (options: Shared, [shallow, deep]: readonly [number, number], [narrow, wide] = [12, 32]) =>
  (seed: string): Subject => {
    const generator = new Generator(seed).fork("shape");
    const width = narrow + generator.integer(wide - narrow + 1);
    const depth = shallow + generator.integer(deep - shallow + 1);
    return {
      model: plain({ ...options, width, depth, seed }),
      batch: classes({ seed, inputs: options.inputs ?? 16 }),
      loss: crossEntropy,
    };
  };

const withBatch = (make: (seed: string) => Subject, change: (seed: string) => Partial<Subject>) => {
  return (seed: string): Subject => ({ ...make(seed), ...change(seed) });
};

const relus = (depths: readonly [number, number]) => plainly({ activation: relu, weights: 2 }, depths);

/** Networks that train: the usual initialisations at the depths that they are used at, the odd inputs and shapes that occur. */
export const healthyFamilies: readonly Family[] = [
  { name: "ReLU, He", make: relus([10, 20]) },
  { name: "leaky ReLU, He", make: plainly({ activation: leakyRelu, weights: 2 }, [10, 20]) },
  { name: "GELU, He", make: plainly({ activation: gelu, weights: 2 }, [10, 30]) },
  { name: "SiLU, He", make: plainly({ activation: silu, weights: 2 }, [4, 8]) },
  { name: "ELU, He", make: plainly({ activation: elu, weights: 2 }, [8, 16]) },
  { name: "SELU, LeCun", make: plainly({ activation: selu, weights: 1 }, [10, 30]) },
  { name: "tanh, critical", make: plainly({ activation: tanh, weights: 1 }, [10, 30]) },
  {
    name: "tanh, Xavier 5/3",
    make: plainly({ activation: tanh, weights: xavierNormal({ gain: 5 / 3 }) }, [5, 12]),
  },
  { name: "tanh, orthogonal", make: plainly({ activation: tanh, weights: orthogonal() }, [10, 20]) },
  { name: "ReLU, default weights", make: plainly({ activation: relu }, [2, 4]) },
  { name: "sigmoid, default weights", make: plainly({ activation: sigmoid }, [2, 3]) },
  { name: "narrow ReLU, He", make: plainly({ activation: relu, weights: 2 }, [4, 10], [8, 11]) },
  { name: "narrow tanh, critical", make: plainly({ activation: tanh, weights: 1 }, [8, 19], [5, 8]) },
  {
    name: "pixels",
    make: withBatch(plainly({ activation: relu, weights: 2, inputs: 196 }, [4, 12]), (seed) => ({
      batch: pixels({ seed }),
    })),
  },
  {
    name: "one example",
    make: withBatch(relus([6, 12]), (seed) => ({ batch: classes({ seed, examples: 1 }) })),
  },
  {
    name: "regression",
    make: withBatch(relus([6, 12]), (seed) => {
      const { inputs, targets } = classes({ seed, inputs: 16, classes: 4 });
      const wanted = classes({ seed: `${seed} targets`, inputs: 4 }).inputs;
      return { batch: { inputs, targets: targets.size > 0 ? wanted : targets }, loss: mseLoss };
    }),
  },
  {
    name: "batch norm",
    make: plainly(
      {
        activation: relu,
        weights: 2,
        behind: (numFeatures) => new BatchNorm1d({ numFeatures }),
      },
      [6, 15],
    ),
  },
  { name: "residual", make: (seed) => residual(seed, 8) },
  { name: "convolution", make: (seed) => convolutional(seed, false) },
  { name: "convolution, batch norm", make: (seed) => convolutional(seed, true) },
  { name: "weight norm from data", make: (seed) => weightNormalised(seed, 1, true) },
  { name: "recurrent", make: (seed) => recurrent(seed, 12) },
  { name: "embedding", make: embedding },
  { name: "two heads", make: (seed) => twoHeads(seed, 1) },
  { name: "two heads, one a millionth", make: (seed) => twoHeads(seed, 1e-6) },
  { name: "partly frozen", make: partlyFrozen },
];

/** Networks with a cause injected that keeps them from training. */
export const faultyFamilies: readonly (Family & { readonly fault: string })[] = [
  { name: "ReLU x 2", fault: "exploding", make: plainly({ activation: relu, weights: 8 }, [14, 20]) },
  { name: "ReLU x 0.7", fault: "vanishing", make: plainly({ activation: relu, weights: 0.98 }, [25, 30]) },
  { name: "ReLU x 0.5", fault: "vanishing", make: plainly({ activation: relu, weights: 0.5 }, [14, 20]) },
  { name: "ReLU, default weights", fault: "vanishing", make: plainly({ activation: relu }, [14, 20]) },
  {
    name: "sigmoid, 1/fanIn",
    fault: "vanishing",
    make: plainly({ activation: sigmoid, weights: 1 }, [8, 20]),
  },
  { name: "tanh x 0.7", fault: "vanishing", make: plainly({ activation: tanh, weights: 0.49 }, [25, 30]) },
  { name: "tanh x 3", fault: "exploding", make: plainly({ activation: tanh, weights: 9 }, [36, 44]) },
  { name: "weight norm, ReLU x 2", fault: "exploding", make: (seed) => weightNormalised(seed, 3, false) },
];
