import { type Generator, relu, sigmoid } from "@isograd/autograd";
import {
  ActivationLayer,
  constant,
  type Layer,
  Linear,
  type Module,
  normal,
  Sequential,
  zeros,
} from "@isograd/nn";
import type { Recipe } from "../networks.ts";
import type { Plan } from "../plan.ts";

const activations = { relu, sigmoid } as const;
const pixels = 784;
const classes = 10;

/** A plain network by a recipe: linear layers with an activation between each two. */
export function build(
  { activation, weightVariance, bias }: Recipe,
  plan: Plan,
  generator: Generator,
): Module {
  const layers: Layer[] = [];
  for (let k = 0; k < plan.layers; k++) {
    const isLast = k === plan.layers - 1;
    const inFeatures = k === 0 ? pixels : plan.width;
    layers.push(
      new Linear({
        inFeatures,
        outFeatures: isLast ? classes : plan.width,
        weightInit: normal({ std: Math.sqrt(weightVariance / inFeatures) }),
        biasInit: isLast ? zeros : constant(bias),
        generator: generator.fork(`layers.${k}`),
      }),
    );
    if (!isLast) layers.push(new ActivationLayer(activations[activation]));
  }
  return new Sequential(layers);
}
