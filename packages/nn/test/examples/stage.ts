import { type Tensor, tanh, tensor } from "@isograd/autograd";
import { type Batches, batches, Linear, mseLoss, Sequential, SGD, setSeed } from "@isograd/nn";

/** What the examples in doc comments may use without making it; they also have `folder`, a temporary folder. */
export interface Stage {
  /** The corners of a square, [4, 2]. */
  readonly inputs: Tensor;
  /** Sum and difference of each row of `inputs`, [4, 2]. */
  readonly targets: Tensor;
  /** For each row of `inputs` whether its numbers differ, 0 or 1. */
  readonly labels: Tensor;
  /** `inputs` and `targets`, two rows a batch. */
  readonly data: Batches<{ inputs: Tensor; targets: Tensor }>;
  /** Two inputs, three units with tanh, two outputs: `layers.0`, `layers.1`, `layers.2`. */
  readonly model: Sequential;
  /** The mean squared error of `model` on `inputs` and `targets`, recorded. */
  readonly loss: Tensor;
  /** Gradient descent on the parameters of `model`, with a learning rate of 0.1 and a momentum of 0.9. */
  readonly optimizer: SGD;
}

export function stage(): Stage {
  setSeed(0);
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const inputs = tensor(corners);
  const targets = tensor(corners.map(([a, b]) => [a + b, a - b]));
  const labels = tensor([0, 1, 1, 0], { dtype: "i32" });
  const model = new Sequential([
    new Linear({ inFeatures: 2, outFeatures: 3 }),
    tanh,
    new Linear({ inFeatures: 3, outFeatures: 2 }),
  ]);
  return {
    inputs,
    targets,
    labels,
    data: batches({ inputs, targets }, { batchSize: 2 }),
    model,
    loss: mseLoss(model.call(inputs), targets),
    optimizer: new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 }),
  };
}
