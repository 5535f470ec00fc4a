import { fromData, type Tensor } from "@isograd/autograd";

/** Sines and cosines of position · base^(-2i/features): [length, ⌈features/2⌉], in double precision. */
export interface Angles {
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
}

/** The angles at `length` positions from `first` on. */
export function anglesAt(first: number, length: number, features: number, base: number): Angles {
  const pairs = Math.ceil(features / 2);
  const [sines, cosines] = [new Float64Array(length * pairs), new Float64Array(length * pairs)];
  for (let pair = 0; pair < pairs; pair++) {
    const frequency = base ** ((-2 * pair) / features);
    for (let k = 0; k < length; k++) {
      sines[k * pairs + pair] = Math.sin((first + k) * frequency);
      cosines[k * pairs + pair] = Math.cos((first + k) * frequency);
    }
  }
  return { sines, cosines };
}

/** A table of these numbers, rounded to the element type of `like`. */
export function tableLike(like: Tensor, values: Float64Array, shape: readonly number[]): Tensor {
  return fromData(like.dtype === "f64" ? values : Float32Array.from(values), shape);
}
