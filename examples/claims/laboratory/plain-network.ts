import { type Generator, relu } from "@isograd/autograd";
import {
  type ActivationFunction,
  ActivationLayer,
  constant,
  heNormal,
  type Initializer,
  type Layer,
  Linear,
  Sequential,
} from "@isograd/nn";
import type { Task } from "./task.ts";

export interface PlainOptions {
  /** Default ReLU. */
  readonly activation?: ActivationFunction;
  /** Layers with weights; default 12. */
  readonly layers?: number;
  /** Default 32. */
  readonly width?: number;
  /** Default He's. */
  readonly weights?: Initializer;
  /** Of hidden units; default 0. */
  readonly bias?: number;
}

/** Builds a network for a task, from a generator. */
export type Build = (task: Task, generator: Generator) => Sequential;

/** Linear layers of one width, an activation between each two. */
export function plain(options: PlainOptions = {}): Build {
  const { activation = relu, layers = 12, width = 32, weights = heNormal(), bias = 0 } = options;
  return ({ inFeatures, outFeatures }, generator) => {
    const stack: Layer[] = [];
    for (let k = 0; k < layers; k++) {
      const isLast = k === layers - 1;
      stack.push(
        new Linear({
          inFeatures: k === 0 ? inFeatures : width,
          outFeatures: isLast ? outFeatures : width,
          weightInit: weights,
          biasInit: constant(isLast ? 0 : bias),
          generator: generator.fork(`layers.${k}`),
        }),
      );
      if (!isLast) stack.push(new ActivationLayer(activation));
    }
    return new Sequential(stack);
  };
}
