import { fromData, ShapeError } from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";
import { orthogonal } from "./orthogonal.ts";
import { allocateSlot } from "./random.ts";
import type { GainOptions } from "./variance-scaling.ts";

/**
 * A convolution that keeps lengths: an orthogonal matrix in the middle of the kernel, times `gain`, zeros around it.
 *
 * Deep stacks of such layers neither amplify nor attenuate any pattern over the image.
 *
 * @throws ShapeError when drawn, unless the weight is [out, in, ...kernel] with a kernel and out ≥ in
 * @see Xiao et al. 2018, "Dynamical isometry and a mean field theory of CNNs"; jax.nn.initializers.delta_orthogonal
 * @example
 * const weight = deltaOrthogonal()({ shape: [4, 2, 3], generator: new Generator(1) });
 * const middle = select(weight, 2, 1);
 * matmul(transpose(middle), middle); // [[1.00, 0.00], [0.00, 1.00]]
 */
export function deltaOrthogonal({ gain = 1 }: GainOptions = {}): Initializer {
  const drawMatrix = orthogonal({ gain });
  return (slot) => {
    const [out, into, ...kernel] = slot.shape;
    if (kernel.length === 0 || out < into) {
      const rule = "expected a weight [out, in, ...kernel] with no more inputs than outputs";
      throw new ShapeError("deltaOrthogonal", [slot.shape], rule);
    }
    const matrix = drawMatrix({ ...slot, shape: [out, into] }).values();
    const data = allocateSlot(slot);
    const size = kernel.reduce((product, extent) => product * extent, 1);
    const middle = kernel.reduce((place, extent) => place * extent + Math.floor((extent - 1) / 2), 0);
    for (let i = 0; i < matrix.length; i++) data[i * size + middle] = matrix[i];
    return fromData(data, slot.shape);
  };
}
