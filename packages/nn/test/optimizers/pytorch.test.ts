import { add, backward, cos, matmul, mul, parameter, pow, sum, type Tensor } from "@isograd/autograd";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  ASGD,
  LBFGS,
  LossOptimizer,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
  strongWolfe,
} from "@isograd/nn";
import { it } from "vitest";
import { expectNumbers, type Packed, readCases, unpack } from "../reference/cases.ts";

// biome-ignore format: one list
const optimizers = { SGD, Adam, AdamW, RMSprop, Adagrad, Adadelta, Adamax, NAdam, RAdam, Rprop, ASGD, LBFGS };

interface OptimizerCase {
  readonly name: keyof typeof optimizers;
  readonly options: Readonly<Record<string, unknown>>;
  /** Options of y alone, in cases whose rates and momenta change. */
  readonly ofY?: Readonly<Record<string, unknown>>;
  readonly A: Packed;
  readonly x0: Packed;
  readonly y0: Packed;
  readonly losses: readonly number[];
  readonly after: Readonly<Record<string, { readonly x: readonly number[]; readonly y: readonly number[] }>>;
}

/** ½ x A x + Σ ½ cos y + 0.1 Σ y⁴ + 0.05 Σx Σy */
function objective(A: Tensor, x: Tensor, y: Tensor): Tensor {
  const quadratic = mul(0.5, matmul(matmul(x, A), x));
  const waves = add(sum(mul(0.5, cos(y))), mul(0.1, sum(pow(y, 4))));
  return add(add(quadratic, waves), mul(0.05, mul(sum(x), sum(y))));
}

const renamed: Readonly<Record<string, string>> = {
  lr: "learningRate",
  lr_decay: "learningRateDecay",
  lambd: "lambda",
  max_iter: "maxIterations",
  max_eval: "maxEvaluations",
  tolerance_grad: "toleranceGradient",
  line_search_fn: "lineSearch",
};

const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const ours = ([name, value]: [string, unknown]): [string, unknown] => [
  renamed[name] ?? camelCase(name),
  value === "strong_wolfe" ? strongWolfe() : value,
];

const renamedIn = (options: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(options).map(ours));

/** As the script does. */
function setPace(optimizer: Optimizer, step: number): void {
  optimizer.learningRates = optimizer.learningRates.map((rate) => rate * (1 + 0.1 * (-1) ** step));
  const { momentums } = optimizer;
  if (momentums !== undefined) optimizer.momentums = momentums.map(() => 0.5 + 0.4 / step);
}

type Class = new (
  parameters: readonly unknown[],
  options: unknown,
) => Optimizer | LossOptimizer<{ learningRate: number }>;

it.each(readCases<OptimizerCase>("optimizers.json"))(
  "$name $options $ofY takes PyTorch's twenty steps",
  (example) => {
    const A = unpack(example.A);
    const [x, y] = [parameter(unpack(example.x0)), parameter(unpack(example.y0))];
    const { ofY } = example;
    const groups = ofY === undefined ? [x, y] : [{ parameters: [x] }, { parameters: [y], ...renamedIn(ofY) }];
    const optimizer = new (optimizers[example.name] as unknown as Class)(groups, renamedIn(example.options));
    const step = (): number => {
      if (optimizer instanceof LossOptimizer) return optimizer.step(() => objective(A, x, y));
      optimizer.zeroGrad();
      const loss = objective(A, x, y);
      backward(loss);
      optimizer.step();
      return loss.item();
    };
    example.losses.forEach((expected, k) => {
      if (ofY !== undefined && k > 0) setPace(optimizer as Optimizer, k + 1);
      expectNumbers([step()], [expected], 1e-8, 0);
      const after = example.after[k + 1];
      if (after === undefined) return;
      expectNumbers(x.values(), after.x, 1e-8, 1e-12);
      expectNumbers(y.values(), after.y, 1e-8, 1e-12);
    });
  },
);
