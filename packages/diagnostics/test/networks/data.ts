import { Generator, randn, type Tensor, tensor } from "@isograd/autograd";
import type { Batch } from "@isograd/diagnostics";

export interface Data {
  readonly seed: number | string;
  readonly examples?: number;
  readonly inputs?: number | readonly number[];
  readonly classes?: number;
  readonly dtype?: "f32" | "f64";
}

/** Inputs from N(0, 1) and labels at random. */
export function classes({ seed, examples = 32, inputs = 16, classes = 4, dtype = "f32" }: Data): Batch {
  const generator = new Generator(seed).fork("data");
  const shape = typeof inputs === "number" ? [inputs] : inputs;
  return {
    inputs: randn(generator, [examples, ...shape], dtype),
    targets: labels(generator, examples, classes),
  };
}

export function labels(generator: Generator, examples: number, classes: number): Tensor {
  return tensor(Int32Array.from({ length: examples }, () => generator.integer(classes)));
}

/** Images as flat pixels in [0, 1], most of them always 0. */
export function pixels({ seed, examples = 32, inputs = 196, classes = 4 }: Data): Batch {
  const generator = new Generator(seed).fork("pixels");
  const size = inputs as number;
  const used = Float32Array.from({ length: size }, () => (generator.uniform() < 0.3 ? 1 : 0));
  const data = new Float32Array(examples * size);
  for (let i = 0; i < data.length; i++)
    data[i] = used[i % size] * (generator.uniform() < 0.5 ? 0 : generator.uniform());
  return {
    inputs: tensor(data, { shape: [examples, size] }),
    targets: labels(generator, examples, classes),
  };
}
