import { Generator, type Tensor } from "@isograd/autograd";
import {
  type ActivationFunction,
  ActivationLayer,
  type Initializer,
  type Layer,
  Linear,
  normal,
  Sequential,
  zeros,
} from "@isograd/nn";

/** Weights from N(0, variance/fanIn). */
export const scaledNormal =
  (variance: number): Initializer =>
  (slot) =>
    normal({ std: Math.sqrt(variance / (slot.fanIn as number)) })(slot);

export interface Plain {
  readonly inputs?: number;
  readonly width: number;
  /** How many layers with weights, the last one included. */
  readonly depth: number;
  readonly outputs?: number;
  readonly activation: ActivationFunction;
  /** σw², or an initializer; default: the layers' own. */
  readonly weights?: number | Initializer;
  /** Default: zero where `weights` are given, else the layers' own. */
  readonly bias?: Initializer;
  readonly dtype?: "f32" | "f64";
  readonly seed: number | string;
  /** What else to put behind each hidden product. */
  readonly behind?: (width: number) => Layer;
}

/** Products with weights, and an activation behind each but the last. */
export function plain(options: Plain): Sequential {
  const { inputs = 16, width, depth, outputs = 4, activation, weights, seed, dtype, behind } = options;
  const generator = new Generator(seed).fork("network");
  const weightInit = typeof weights === "number" ? scaledNormal(weights) : weights;
  const biasInit = options.bias ?? (weights === undefined ? undefined : zeros);
  const layers = Array.from({ length: depth }, (_, k): Layer[] => {
    const linear = new Linear({
      inFeatures: k === 0 ? inputs : width,
      outFeatures: k === depth - 1 ? outputs : width,
      weightInit,
      biasInit,
      dtype,
      generator: generator.fork(`${k}`),
    });
    if (k === depth - 1) return [linear];
    const between = behind === undefined ? [] : [behind(width)];
    return [linear, ...between, new ActivationLayer(activation, { dtype })];
  });
  return new Sequential(layers.flat());
}

/** The weights of the products of a plain network, first layer first. */
export const weightsOf = (model: Sequential): Tensor[] =>
  model.layers.flatMap((layer) => (layer instanceof Linear ? [layer.weight] : []));
