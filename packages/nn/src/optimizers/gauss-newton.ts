import type { Tensor } from "@isograd/autograd";
import { SecondOrderOptimizer, type SecondOrderOptions, type SecondOrderState } from "./second-order.ts";

/**
 * Steps by the generalized Gauss-Newton matrix Jᵀ H J: the outputs taken as linear in the parameters, the loss as it curves in the outputs.
 *
 * For losses that are convex in the outputs, each step on a full batch or a large one.
 *
 * @throws ArgumentError if an option is negative
 * @see Schraudolph 2002, "Fast curvature matrix-vector products for second-order gradient descent"; Martens 2010, "Deep learning via Hessian-free optimization"
 * @example
 * const optimizer = new GaussNewton(model.parameters(), { damping: 0.01 });
 * const problem = { outputs: () => model.call(inputs), loss: (outputs: Tensor) => mseLoss(outputs, targets) };
 * for (let step = 0; step < 10; step++) optimizer.step(problem);
 * mseLoss(model.call(inputs), targets).item() < loss.item() / 10; // true
 */
export class GaussNewton extends SecondOrderOptimizer {
  constructor(parameters: Iterable<Tensor>, options: SecondOrderOptions = {}, state?: SecondOrderState) {
    super("GaussNewton", parameters, options, state);
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return { optimizer: "GaussNewton", ...this.options };
  }

  protected measure(loss: (outputs: Tensor) => Tensor): (outputs: Tensor) => Tensor {
    return loss;
  }

  cloneFor(parameters: Iterable<Tensor>): GaussNewton {
    return new GaussNewton(parameters, this.options, structuredClone(this.state));
  }
}
