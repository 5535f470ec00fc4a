import { add, backward, cos, matmul, mul, parameter, pow, sum, type Tensor } from "@isograd/autograd";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  ASGD,
  LBFGS,
  type LineSearch,
  NAdam,
  type OptimizerClass,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
  strongWolfe,
} from "@isograd/nn";
import { readTensor } from "../case.ts";
import { type Check, type OptimizerCase, type Options, offered } from "./case.ts";
import { differentNumbers } from "./numbers.ts";
import { renamedOptions } from "./options.ts";

/** Takes one step; returns the loss before it. */
type Stepper = (loss: () => Tensor) => number;

/** Options that have other names here, by PyTorch's. */
const names = {
  lr: "learningRate",
  lr_decay: "learningRateDecay",
  lambd: "lambda",
  max_iter: "maxIterations",
  max_eval: "maxEvaluations",
  tolerance_grad: "toleranceGradient",
  line_search_fn: "lineSearch",
};

const lineSearches: Readonly<Record<string, LineSearch>> = { strong_wolfe: strongWolfe() };

type SteppingClass = OptimizerClass<never, unknown>;

/** An optimizer that steps along the gradients that one evaluation leaves. */
const stepping =
  (Class: SteppingClass) =>
  (parameters: readonly Tensor[], options: Options): Stepper => {
    const optimizer = new Class(parameters, renamedOptions(options, names) as never);
    return (loss) => {
      optimizer.zeroGrad();
      const value = loss();
      backward(value);
      optimizer.step();
      return value.item();
    };
  };

/** One that evaluates as often as it likes. */
const evaluating = (parameters: readonly Tensor[], options: Options): Stepper => {
  const { lineSearch = null, ...others } = renamedOptions(options, names);
  const optimizer = new LBFGS(parameters, {
    ...others,
    lineSearch: lineSearch === null ? null : offered(lineSearches, lineSearch),
  });
  return (loss) => optimizer.step(loss);
};

/** PyTorch's optimizers and ours. */
const optimizers: Readonly<Record<string, (parameters: readonly Tensor[], options: Options) => Stepper>> = {
  SGD: stepping(SGD),
  Adam: stepping(Adam),
  AdamW: stepping(AdamW),
  RMSprop: stepping(RMSprop),
  Adagrad: stepping(Adagrad),
  Adadelta: stepping(Adadelta),
  Adamax: stepping(Adamax),
  NAdam: stepping(NAdam),
  RAdam: stepping(RAdam),
  Rprop: stepping(Rprop),
  ASGD: stepping(ASGD),
  LBFGS: evaluating,
};

const trajectory = { relative: 1e-8, absolute: 1e-11 };

export const checkOptimizer: Check<OptimizerCase> = (entry) => {
  const A = readTensor(entry.A);
  const [x, y] = [parameter(readTensor(entry.x0)), parameter(readTensor(entry.y0))];
  const step = offered(optimizers, entry.name)([x, y], entry.options);
  for (const [k, expected] of entry.trajectory.entries()) {
    const loss = step(() => objective(A, x, y));
    const wrong =
      differentNumbers([loss], [expected.loss], trajectory) ??
      differentNumbers(x.values(), expected.x, trajectory) ??
      differentNumbers(y.values(), expected.y, trajectory);
    if (wrong !== null) return `step ${k + 1}: ${wrong}`;
  }
  return null;
};

/** ½ x A x + Σ ½ cos y + 0.1 Σ y⁴ + 0.05 Σx Σy */
function objective(A: Tensor, x: Tensor, y: Tensor): Tensor {
  const quadratic = mul(0.5, matmul(matmul(x, A), x));
  const waves = add(sum(mul(0.5, cos(y))), mul(0.1, sum(pow(y, 4))));
  return add(add(quadratic, waves), mul(0.05, mul(sum(x), sum(y))));
}
