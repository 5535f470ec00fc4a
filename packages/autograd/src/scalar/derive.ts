import { productOf, sumOf } from "./arithmetic.ts";
import { choiceOf, where } from "./choice.ts";
import { nodesOf, Scalar, toScalar } from "./expression.ts";

/**
 * The derivative of an expression to the input at `position`, again an expression.
 *
 * A choice is derived as a choice between the derivatives, so that the branch that was not taken cannot spoil the other with 0 · NaN.
 */
export function derive(root: Scalar, position: number): Scalar {
  const zero = Scalar.constant(0);
  const derivatives = new Map<Scalar, Scalar>();
  const of = (node: Scalar): Scalar => derivatives.get(node) ?? zero;
  for (const node of nodesOf(root)) {
    if (node.isInput && node.value === position) derivatives.set(node, Scalar.constant(1));
    if (node.primitive === null || node.inputs.every((input) => of(input) === zero)) continue;
    if (node.primitive === where) {
      const [condition, a, b] = node.inputs;
      derivatives.set(node, choiceOf(condition, of(a), of(b)));
      continue;
    }
    const partials = node.primitive.partials(node.inputs, node);
    let sum = zero;
    node.inputs.forEach((input, k) => {
      if (of(input) !== zero) sum = sumOf(sum, productOf(toScalar(partials[k]), of(input)));
    });
    derivatives.set(node, sum.isConstantOf(0) ? zero : sum);
  }
  return of(root);
}
