import { Generator, randn, sigmoid, tensor } from "@isograd/autograd";
import { type Diagnosis, diagnose } from "@isograd/diagnostics";
import { ActivationLayer, crossEntropy, heNormal, initialize, Linear, Sequential } from "@isograd/nn";

/** What the examples in doc comments may use without making it. */
export interface Stage {
  /** Ten layers with sigmoids between them and the weights that are right for ReLU: gradients vanish. */
  readonly model: Sequential;
  /** 64 rows of four numbers, and for each whether the first is larger than the second, as class 0 or 1. */
  readonly batch: ReturnType<typeof batchOf>;
  /** Thirty more such batches. */
  readonly trialBatches: readonly ReturnType<typeof batchOf>[];
  /** What `diagnose` finds in `model`. */
  readonly diagnosis: Diagnosis;
}

export function stage(): Stage {
  const hidden = Array.from({ length: 9 }, (_, k) => [
    new Linear({ inFeatures: k === 0 ? 4 : 16, outFeatures: 16 }),
    new ActivationLayer(sigmoid),
  ]);
  const model = new Sequential([...hidden.flat(), new Linear({ inFeatures: 16, outFeatures: 2 })]);
  initialize(model, { seed: 1, weight: heNormal() });
  const batch = batchOf(0);
  return {
    model,
    batch,
    trialBatches: Array.from({ length: 30 }, (_, k) => batchOf(k + 1)),
    // Only for those who ask.
    get diagnosis() {
      return diagnose(model, batch, crossEntropy);
    },
  };
}

function batchOf(seed: number) {
  const inputs = randn(new Generator(seed), [64, 4]);
  const rows = inputs.toArray() as number[][];
  return { inputs, targets: tensor(Int32Array.from(rows, ([a, b]) => (a > b ? 1 : 0))) };
}
