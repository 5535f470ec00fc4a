import { ArgumentError, Tensor } from "@isograd/autograd";
import { isParameter } from "../module/freeze.ts";

/** @throws ArgumentError unless these are leaves to which gradients flow, at least one, each once */
export function checkParameters(operation: string, parameters: readonly Tensor[]): readonly Tensor[] {
  if (parameters.length === 0)
    throw new ArgumentError(operation, "expected at least one parameter", parameters);
  const seen = new Set<Tensor>();
  parameters.forEach((parameter, k) => {
    if (!(parameter instanceof Tensor) || !isParameter(parameter)) {
      throw new ArgumentError(
        operation,
        `expected leaves to which gradients flow, parameter ${k} is none`,
        parameter,
      );
    }
    if (seen.has(parameter))
      throw new ArgumentError(
        operation,
        `expected each parameter once, parameter ${k} came before`,
        parameter,
      );
    seen.add(parameter);
  });
  return parameters;
}

/** @throws ArgumentError if a learning rate is negative or NaN */
export function checkRate(operation: string, learningRate: number): void {
  if (!(learningRate >= 0))
    throw new ArgumentError(operation, "expected a learning rate that is not negative", learningRate);
}
