import { add, div, gt, mul, neg, sqrt, square, type Tensor, where } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average } from "./descent.ts";
import { elementwise } from "./elementwise.ts";
import type { Memory, Remembered } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface SparseAdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square, before its bias is corrected; default 1e-8. */
  readonly eps?: number;
  /** Climbs instead of descending; default false. */
  readonly maximize?: boolean;
}

export interface SparseAdamMemory extends Memory {
  readonly mean: Values;
  readonly square: Values;
}

export interface SparseAdamState extends Remembered<SparseAdamMemory> {
  /** How long the rows of each parameter are. */
  readonly widths: readonly number[];
}

/**
 * Adam for tables of which a step reads a few rows, as a transform: rows whose gradient is zero rest, and so does what is remembered of them.
 *
 * Rows are those of the first axis; steps are counted for the whole table.
 *
 * @throws ArgumentError if a learning rate or eps is negative or a beta lies outside [0, 1)
 * @see torch.optim.SparseAdam
 * @example
 * const table = parameter([[1, 1], [1, 1], [1, 1]]);
 * table.grad = tensor([[0, 0], [3, -0.3], [0, 0]]);
 * new Optimizer([table], sparseAdam({ learningRate: 0.1 })).step();
 * table; // [[1, 1], [0.9, 1.1], [1, 1]]
 */
export function sparseAdam(options: SparseAdamOptions = {}): GradientTransform<SparseAdamState> {
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, maximize = false } = options;
  checkNotNegative("sparseAdam", { learningRate, eps });
  checkShares("sparseAdam", "betas", ...betas);
  const [beta1, beta2] = betas;
  return elementwise<SparseAdamState>({
    init: (parameters: readonly Tensor[]) => ({
      learningRate,
      memory: parameters.map(() => null),
      widths: parameters.map(({ size, shape }) => size / Math.max((shape[0] as number | undefined) ?? 1, 1)),
    }),
    arrays: 3,
    numbers: 1,
    write: ({ gradient, kept: [present, mean, meanSquare], numbers: [rate] }) => {
      const isRead = gt(present, 0);
      const g = maximize ? neg(gradient) : gradient;
      const first = average(beta1, mean, g);
      const second = average(beta2, meanSquare, square(g));
      const step = div(mul(rate, first), add(sqrt(second), eps));
      return [where(isRead, step, 0), present, where(isRead, first, mean), where(isRead, second, meanSquare)];
    },
    take: (state, place, gradient) => {
      const memory = state.memory[place] ?? {
        step: 0,
        mean: zerosLike(gradient),
        square: zerosLike(gradient),
      };
      state.memory[place] = memory;
      memory.step++;
      const correction = Math.sqrt(1 - beta2 ** memory.step) / (1 - beta1 ** memory.step);
      return {
        arrays: [rowsRead(gradient, state.widths[place]), memory.mean, memory.square],
        numbers: [-state.learningRate * correction],
      };
    },
  });
}

/** 1 in rows with an element that is not zero, NaN among them; 0 in others. */
function rowsRead(gradient: Values, width: number): Values {
  const present = zerosLike(gradient);
  for (let from = 0; from < gradient.length; from += width) {
    const to = from + width;
    for (let i = from; i < to; i++) {
      if (gradient[i] === 0) continue;
      present.fill(1, from, to);
      break;
    }
  }
  return present;
}

/**
 * The optimizer of `sparseAdam`.
 *
 * @see torch.optim.SparseAdam
 * @example
 * const words = new Embedding({ numEmbeddings: 100, embeddingDim: 2 });
 * const optimizer = new SparseAdam(words.parameters(), { learningRate: 0.1 });
 * const index = tensor([3], { dtype: "i32" });
 * const loss = () => mseLoss(words.call(index), tensor([[1, 2]]));
 * for (let step = 0; step < 100; step++) {
 *   optimizer.zeroGrad();
 *   backward(loss());
 *   optimizer.step();
 * }
 * loss().item() < 1e-3; // true
 */
export const SparseAdam: OptimizerClass<SparseAdamOptions, SparseAdamState> = /* @__PURE__ */ optimizerClass(
  "SparseAdam",
  sparseAdam,
);
export type SparseAdam = Optimizer<SparseAdamState>;
