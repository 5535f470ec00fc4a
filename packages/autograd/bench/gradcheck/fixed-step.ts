import { fromData, gradients, parameter, type Tensor } from "../../src/index.ts";

// The defaults of torch.autograd.gradcheck.
const eps = 1e-6;
const atol = 1e-5;
const rtol = 1e-3;

/** Gradient checking as PyTorch does it: the whole Jacobian by central differences of one step, compared with fixed tolerances. */
export function checkByFixedStep(f: (x: Tensor) => Tensor, x: Tensor): boolean {
  const leaf = parameter(x);
  const output = f(leaf);
  const [inputs, outputs] = [x.size, output.size];
  const analytic = Array.from({ length: outputs }, (_, row) => {
    if (output.node === null) return new Float64Array(inputs);
    const unit = fromData(new Float64Array(outputs).fill(1, row, row + 1), output.shape);
    return gradients(output, [leaf], { cotangent: unit, retainGraph: true })[0].values();
  });
  const values = x.values();
  const moved = (element: number, step: number): ArrayLike<number> =>
    f(
      fromData(
        Float64Array.from(values, (value, k) => (k === element ? value + step : value)),
        x.shape,
      ),
    ).values();
  for (let element = 0; element < inputs; element++) {
    const [above, below] = [moved(element, eps), moved(element, -eps)];
    for (let row = 0; row < outputs; row++) {
      const numeric = (above[row] - below[row]) / (2 * eps);
      // As allclose compares, NaN with nothing.
      if (!(Math.abs(analytic[row][element] - numeric) <= atol + rtol * Math.abs(numeric))) return false;
    }
  }
  return true;
}
