import { fromData, type Tensor } from "@isograd/autograd";
import { isFrozen } from "../module/freeze.ts";

/** Parameters as one vector in double precision. Gradients that did not come count as zeros; what is frozen rests. */
export class FlatParameters {
  readonly size: number;

  constructor(readonly parameters: readonly Tensor[]) {
    this.size = parameters.reduce((sum, { size }) => sum + size, 0);
  }

  read(): Float64Array {
    return this.#gather((parameter) => parameter);
  }

  gradient(): Float64Array {
    return this.#gather(({ grad }) => grad);
  }

  /** Binds new values: at + step · direction. */
  write(at: Float64Array, step = 0, direction = at): void {
    let offset = 0;
    for (const parameter of this.parameters) {
      const { size, shape, dtype } = parameter;
      if (!isFrozen(parameter)) {
        const values = dtype === "f32" ? new Float32Array(size) : new Float64Array(size);
        for (let i = 0; i < size; i++)
          values[i] = step === 0 ? at[offset + i] : at[offset + i] + step * direction[offset + i];
        parameter.assign(fromData(values, shape));
      }
      offset += size;
    }
  }

  #gather(of: (parameter: Tensor) => Tensor | null): Float64Array {
    const flat = new Float64Array(this.size);
    let offset = 0;
    for (const parameter of this.parameters) {
      const found = of(parameter);
      if (found !== null) flat.set(found.values() as Float64Array, offset);
      offset += parameter.size;
    }
    return flat;
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** a ← a + factor · b */
export function addTimes(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

export const times = (factor: number, a: Float64Array): Float64Array => a.map((value) => factor * value);
