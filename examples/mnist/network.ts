import { type Generator, relu } from "@isograd/autograd";
import { BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, Sequential } from "@isograd/nn";

/** Two convolutions and two dense layers: images [n, 1, 28, 28] to the logits of ten digits [n, 10]. */
export function digitNetwork(generator: Generator): Sequential {
  return new Sequential([
    ...stage(1, 16, generator), // [n, 16, 12, 12]
    ...stage(16, 32, generator), // [n, 32, 4, 4]
    new Flatten(),
    new Linear({ inFeatures: 32 * 4 * 4, outFeatures: 128, generator }),
    relu,
    new Linear({ inFeatures: 128, outFeatures: 10, generator }),
  ]);
}

/** Maxima are taken before the rest: a quarter of the numbers is left to normalise. */
function stage(inChannels: number, outChannels: number, generator: Generator) {
  return [
    new Conv2d({ inChannels, outChannels, kernelSize: 5, bias: false, generator }),
    new MaxPool2d({ kernelSize: 2 }),
    new BatchNorm2d({ numFeatures: outChannels }),
    relu,
  ];
}
