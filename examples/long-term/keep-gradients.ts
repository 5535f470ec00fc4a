import { div, gt, matmul, mean, mul, square, stack, sub, sum, type Tensor, where } from "@isograd/autograd";

/**
 * How far gradients shrink or grow on their way back through time: Σ over steps of (‖gₖ₊₁ · ∂xₖ₊₁/∂xₖ‖² / ‖gₖ₊₁‖² - 1)², where gₖ is the gradient
 * at state xₖ; the mean over sequences.
 *
 * The gradients and the states are taken as given: only `hiddenWeight` is to change.
 *
 * @param states of a tanh network, with the gradients of the loss: [batch, hidden] each
 * @param hiddenWeight [hidden, hidden]
 * @see Pascanu, Mikolov, Bengio 2013, section 3.3
 */
export function gradientLoss(states: readonly Tensor[], hiddenWeight: Tensor): Tensor {
  const later = states.slice(1);
  const gradients = stack(later.map(({ grad }) => grad as Tensor));
  const slopes = stack(later.map((state) => sub(1, square(state.detach()))));
  const [before, after] = [gradients, matmul(mul(gradients, slopes), hiddenWeight)].map((g) =>
    sum(square(g), { axis: 2 }),
  );
  const there = gt(before, 1e-30);
  const factor = div(where(there, after, 1), where(there, before, 1));
  return mul(mean(square(sub(factor, 1))), later.length);
}
