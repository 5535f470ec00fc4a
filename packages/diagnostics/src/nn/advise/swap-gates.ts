import { ArgumentError, defineActivation, type Gate, Generator } from "@isograd/autograd";
import { ActivationLayer, Linear, type Module, Sequential } from "@isograd/nn";
import { swapActivations } from "../remedies/swap-activations.ts";

/**
 * Puts a gate in place of the activations between the layers of `model`, and gives the linear layer in front of each twice as many outputs, new
 * ones: the gate halves them, so what follows finds what it found before.
 *
 * @returns how many were replaced
 * @throws ArgumentError where there is none, or one that stands behind anything but a `Linear` of the same `Sequential`; the model may be changed
 * in part then
 * @example
 * const gated = model.clone();
 * swapGates(gated, swiglu); // 9
 * initialize(gated, { seed: 1, weight: heNormal({ gain: Math.sqrt(fittingVariance(swiglu)) }), bias: zeros });
 * gated.call(batch.inputs).shape; // [64, 2]
 */
export function swapGates(model: Module, gate: Gate): number {
  const marker = defineActivation({ name: gate.name, f: (x) => x });
  const count = swapActivations(model, marker);
  const generator = new Generator(gate.name);
  let replaced = 0;
  for (const module of model.modules()) {
    if (!((module as object) instanceof Sequential)) continue;
    const { layers } = module as unknown as Sequential;
    for (let k = 1; k < layers.length; k++) {
      const [front, layer] = [layers[k - 1], layers[k]];
      const isMarked =
        (layer as unknown) === marker || (layer instanceof ActivationLayer && layer.activation === marker);
      if (!isMarked || !(front instanceof Linear)) continue;
      layers[k - 1] = doubled(front, generator.fork(`${replaced}`));
      layers[k] = new ActivationLayer(gate);
      replaced++;
    }
  }
  if (replaced === count) return count;
  throw new ArgumentError(
    "swapGates",
    `expected a Linear directly in front of each activation, for ${gate.name} needs it twice as wide`,
    `${count - replaced} of ${count} without`,
  );
}

function doubled({ weight, bias, weightInit, biasInit }: Linear, generator: Generator): Linear {
  const [outFeatures, inFeatures] = weight.shape;
  return new Linear({
    inFeatures,
    outFeatures: 2 * outFeatures,
    bias: bias !== null,
    weightInit,
    biasInit,
    generator,
    dtype: weight.dtype as "f32" | "f64",
  });
}
