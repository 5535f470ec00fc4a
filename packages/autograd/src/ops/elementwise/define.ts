import { toTensor } from "../../create.ts";
import { ArgumentError } from "../../errors.ts";
import { apply } from "../../op.ts";
import { Scalar, substitute, toScalar } from "../../scalar/expression.ts";
import { Tensor, type TensorLike } from "../../tensor.ts";
import { asScalar, ElementwiseOp } from "./elementwise.ts";

/** An operation on as many operands as the function it is made of has parameters; they broadcast, numbers take the element type of the rest. */
export interface Elementwise<Operands extends readonly Scalar[]> {
  (...operands: { [K in keyof Operands]: TensorLike }): Tensor;
  (...operands: { [K in keyof Operands]: Scalar | number }): Scalar;
}

/**
 * Makes one operation of an elementwise function of several operands: one loop for the value and one for each gradient, in however many steps it
 * is written.
 *
 * Derivatives of every order, forward mode and vmap follow, as for our own operations.
 *
 * @param f built from isograd's own elementwise operations; called once, when first needed, with a scalar expression for each parameter
 * @throws ArgumentError when called, if `f` does not return a scalar expression or the number of operands is another
 * @example
 * const squaredError = defineElementwise("squaredError", (x, y) => square(sub(x, y)));
 * squaredError(tensor([1, 2]), tensor([3, 5])); // [4, 9]
 * grad((x) => sum(squaredError(x, 1)))(tensor([1, 2])); // [0, 2]
 */
// @__NO_SIDE_EFFECTS__
export function defineElementwise<const Operands extends readonly Scalar[]>(
  name: string,
  f: (...operands: Operands) => Scalar,
): Elementwise<Operands> {
  const arity = f.length;
  let op: ElementwiseOp | undefined;
  const build = (): ElementwiseOp => {
    const inputs = Array.from({ length: arity }, (_, k) => Scalar.input(k));
    const result: unknown = f(...(inputs as readonly Scalar[] as Operands));
    if (result instanceof Scalar) return new ElementwiseOp(name, result, arity, "floating");
    throw new ArgumentError("defineElementwise", `expected ${name} to return a scalar expression`, result);
  };
  const call = (...operands: (TensorLike | Scalar)[]): Tensor | Scalar => {
    if (operands.length !== arity)
      throw new ArgumentError(name, `expected ${arity} operands`, operands.length);
    op ??= build();
    if (operands.some((operand) => operand instanceof Scalar))
      return substitute(
        op.expression,
        operands.map((operand) => toScalar(asScalar(name, operand))),
      );
    let like: Tensor | undefined;
    for (const operand of operands) if (operand instanceof Tensor) like ??= operand;
    return apply(
      op,
      operands.map((operand) => toTensor(operand as TensorLike, like?.dtype)),
      undefined,
    );
  };
  return call as unknown as Elementwise<Operands>;
}
