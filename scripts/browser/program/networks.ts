import { backward, Generator, rand, relu, type Tensor, tanh, tensor } from "@isograd/autograd";
import {
  ActivationLayer,
  Adam,
  Conv2d,
  crossEntropy,
  Flatten,
  Linear,
  mseLoss,
  type Optimizer,
  Sequential,
  SGD,
} from "@isograd/nn";

const steps = 12;

type Trained = Readonly<Record<"losses" | "parameters", readonly number[]>>;

/** A perceptron of two layers, f32, classifying with Adam. */
export function trainPerceptron(): Trained {
  const generator = new Generator("perceptron");
  const model = new Sequential([
    new Linear({ inFeatures: 20, outFeatures: 32, generator }),
    new ActivationLayer(tanh),
    new Linear({ inFeatures: 32, outFeatures: 5, generator }),
  ]);
  const inputs = rand(generator, [24, 20], -1, 1);
  const targets = tensor(
    Array.from({ length: 24 }, (_, k) => k % 5),
    { dtype: "i32" },
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  return train(model, optimizer, () => crossEntropy(model.call(inputs), targets));
}

/** A small convolution, f64, fitting numbers by SGD with momentum. */
export function trainConvolution(): Trained {
  const generator = new Generator("convolution");
  const model = new Sequential([
    new Conv2d({ inChannels: 2, outChannels: 4, kernelSize: 3, padding: 1, dtype: "f64", generator }),
    new ActivationLayer(relu),
    new Flatten(),
    new Linear({ inFeatures: 4 * 6 * 6, outFeatures: 3, dtype: "f64", generator }),
  ]);
  const inputs = rand(generator, [8, 2, 6, 6], -1, 1, "f64");
  const targets = rand(generator, [8, 3], -1, 1, "f64");
  const optimizer = new SGD(model.parameters(), { learningRate: 0.02, momentum: 0.9 });
  return train(model, optimizer, () => mseLoss(model.call(inputs), targets));
}

function train(
  model: Sequential,
  optimizer: Pick<Optimizer<unknown>, "zeroGrad" | "step">,
  loss: () => Tensor,
): Trained {
  const losses = Array.from({ length: steps }, () => {
    optimizer.zeroGrad();
    const value = loss();
    backward(value);
    optimizer.step();
    return value.item();
  });
  const [first, last] = [losses[0], losses[steps - 1]];
  if (!(last < 0.9 * first)) throw new Error(`expected the loss to fall from ${first}, it went to ${last}`);
  return { losses, parameters: [...model.parameters()].flatMap((parameter) => [...parameter.values()]) };
}
