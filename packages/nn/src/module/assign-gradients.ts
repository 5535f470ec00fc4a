import { ArgumentError, leavesOf, ShapeError } from "@isograd/autograd";
import { isFrozen, isParameter } from "./freeze.ts";

/**
 * Hands gradients that a transform returned to the parameters that they belong to, for an optimizer to step along.
 *
 * @param parameters a module, or a tree of parameters
 * @param gradients  a tree whose leaves have the same names; what is frozen or no parameter is passed over
 * @throws ArgumentError if there is no tensor of a name; ShapeError if a gradient does not fit: nothing is changed then
 * @example
 * const lossOf = (p: NamedParameters) => mseLoss(functionalCall(model, p, inputs), targets);
 * const [value, gradients] = valueAndGrad(lossOf)(parametersOf(model));
 * assignGradients(model, gradients);
 * optimizer.step();
 * lossOf(parametersOf(model)).item() < value.item(); // true
 */
export function assignGradients(parameters: object, gradients: object): void {
  const held = new Map(leavesOf(parameters).map(({ path, tensor }) => [path, tensor]));
  const found = leavesOf(gradients).map(({ path, tensor: gradient }) => {
    const tensor = held.get(path);
    if (tensor === undefined)
      throw new ArgumentError("assignGradients", "expected the names of the parameters", path);
    if (tensor.shape.join() !== gradient.shape.join())
      throw new ShapeError(
        "assignGradients",
        [gradient.shape, tensor.shape],
        `expected the shape of ${path}`,
      );
    return { tensor, gradient };
  });
  for (const { tensor, gradient } of found)
    if (isParameter(tensor) && !isFrozen(tensor)) tensor.grad = gradient.detach();
}
