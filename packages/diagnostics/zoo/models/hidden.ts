import type { Generator } from "@isograd/autograd";
import {
  ActivationLayer,
  BatchNorm1d,
  BatchNorm2d,
  constant,
  Dropout,
  type Layer,
  LayerNorm,
  Linear,
  type WeightOptions,
  zeros,
} from "@isograd/nn";
import { activationsByName } from "../named/activations.ts";
import { weightLaws } from "../named/weight-laws.ts";
import type { Setting } from "../setting.ts";

/** How a hidden layer begins. */
export const beginning = (setting: Setting, generator: Generator): WeightOptions => ({
  weightInit: weightLaws[setting.weights.law](setting.weights.scale),
  biasInit: constant(setting.bias),
  dtype: setting.dtype,
  generator,
});

/** What stands behind a hidden layer of so many units, or channels of an image. */
export function behind(setting: Setting, units: number, generator: Generator, isImage = false): Layer[] {
  const { normalisation, dropout, dtype } = setting;
  const activation = activationsByName[setting.activation];
  const norm = isImage ? BatchNorm2d : BatchNorm1d;
  return [
    ...(normalisation === "batch" ? [new norm({ numFeatures: units, dtype })] : []),
    ...(normalisation === "layer" ? [new LayerNorm({ normalizedShape: units, dtype })] : []),
    ...(activation === null ? [] : [new ActivationLayer(activation, { dtype })]),
    ...(dropout > 0 ? [new Dropout({ probability: dropout, generator: generator.fork("dropout") })] : []),
  ];
}

/** The last layer; its biases are 0 whatever those of the hidden ones are. */
export const lastLayer = (setting: Setting, generator: Generator, from: number, outputs: number): Linear =>
  new Linear({ ...beginning(setting, generator), biasInit: zeros, inFeatures: from, outFeatures: outputs });
