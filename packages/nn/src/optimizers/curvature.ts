import { add, fromData, gradients, mul, parameter, sum, type Tensor, zeros } from "@isograd/autograd";

/** Products of a matrix with vectors that hold all parameters, one after the other. */
export type MatrixProduct = (vector: Float64Array) => Float64Array;

/**
 * v ↦ Jᵀ H J v, where J are the derivatives of `outputs` to the parameters and H the second derivatives of `measure` to the outputs.
 *
 * J v is the derivative of ⟨Jᵀ u, v⟩ to u: products alone, no matrix.
 *
 * @param outputs computed from the parameters, with the graph
 * @param measure one number from the outputs, convex in them
 */
export function outputCurvature(
  parameters: readonly Tensor[],
  outputs: Tensor,
  measure: (outputs: Tensor) => Tensor,
): MatrixProduct {
  const moving = parameters.map(({ node }) => node !== null);
  const inputs = parameters.filter((_, k) => moving[k]);
  const seed = parameter(zeros(outputs.shape, outputs.dtype));
  const pulled = gradients(outputs, inputs, { cotangent: seed, createGraph: true, retainGraph: true });
  const place = parameter(outputs.detach());
  const [slope] = gradients(measure(place), [place], { createGraph: true });

  return (vector) => {
    const along = split(vector, parameters).filter((_, k) => moving[k]);
    const pushed = derivativeAlong(pulled, along, seed);
    const curved = derivativeAlong([slope], [pushed], place);
    const back = gradients(outputs, inputs, { cotangent: curved, retainGraph: true });
    const result = new Float64Array(vector.length);
    let [offset, next] = [0, 0];
    parameters.forEach(({ size }, k) => {
      if (moving[k]) result.set(back[next++].values() as Float64Array, offset);
      offset += size;
    });
    return result;
  };
}

/** The derivative of Σ ⟨values, along⟩ to `input`. */
function derivativeAlong(values: readonly Tensor[], along: readonly Tensor[], input: Tensor): Tensor {
  const terms = values.flatMap((value, k) => (value.node === null ? [] : [sum(mul(value, along[k]))]));
  if (terms.length === 0) return zeros(input.shape, input.dtype);
  const total = terms.reduce((partial, term) => add(partial, term));
  return gradients(total, [input], { retainGraph: true })[0];
}

/** A vector in the shapes and element types of parameters. */
function split(vector: Float64Array, parameters: readonly Tensor[]): Tensor[] {
  let offset = 0;
  return parameters.map(({ size, shape, dtype }) => {
    const part = vector.slice(offset, offset + size);
    offset += size;
    return fromData(dtype === "f32" ? Float32Array.from(part) : part, shape);
  });
}
