import type { Tensor } from "@isograd/autograd";
import type { TracedLeaf } from "../trace/trace.ts";

/** So many numbers of a parameter tell enough of how it moves: what looking costs does not grow with the network. */
const most = 1024;

/** The numbers of the parameters and of their gradients, a few of each where there are many. */
export interface Sampled {
  readonly weights: Float64Array;
  readonly gradients: Float64Array;
}

/** Takes the same numbers of the parameters of a program at every look, each weighted so that sums of squares are those of the whole. */
export class ParameterSample {
  readonly #places: readonly Int32Array[];
  readonly #scales: readonly number[];
  readonly #size: number;
  /** Which of the numbers are of matrices and kernels: biases and gains begin at one value, and their own scale says little. */
  readonly isWeight: Uint8Array;
  /** What the weights add up to at one unit of variance an input: Σ fanOut. */
  readonly rows: number;

  constructor(leaves: readonly TracedLeaf[]) {
    this.#places = leaves.map(({ tensor }) => placesIn(tensor.size));
    this.#scales = leaves.map(({ tensor }, k) => Math.sqrt(tensor.size / this.#places[k].length));
    this.#size = this.#places.reduce((sum, { length }) => sum + length, 0);
    this.isWeight = new Uint8Array(this.#size);
    const withRows = leaves.some(({ tensor }) => tensor.rank > 1);
    let [at, rows] = [0, 0];
    leaves.forEach(({ tensor }, k) => {
      const counts = tensor.rank > 1 || !withRows;
      const { length } = this.#places[k];
      if (counts) this.isWeight.fill(1, at, at + length);
      if (counts) rows += tensor.rank > 1 ? tensor.shape[0] : 1;
      at += length;
    });
    this.rows = rows;
  }

  take(leaves: readonly TracedLeaf[]): Sampled {
    const weights = new Float64Array(this.#size);
    const gradients = new Float64Array(this.#size);
    let at = 0;
    for (let k = 0; k < leaves.length; k++) {
      const { tensor, gradient } = leaves[k];
      const places = this.#places[k];
      gather(tensor, places, this.#scales[k], weights, at);
      gather(gradient, places, this.#scales[k], gradients, at);
      at += places.length;
    }
    return { weights, gradients };
  }
}

const known = new Map<number, Int32Array>();

/** All places, or as many as `most`, one in each of as many equal parts, at a place in it that no row length repeats. */
function placesIn(size: number): Int32Array {
  let places = known.get(size);
  if (places === undefined) {
    const count = Math.min(size, most);
    places = Int32Array.from({ length: count }, (_, k) =>
      count === size ? k : Math.floor(((k + ((k * golden) % 1)) * size) / count),
    );
    known.set(size, places);
  }
  return places;
}

const golden = (Math.sqrt(5) - 1) / 2;

function gather(
  { data, shape, strides, offset }: Tensor,
  places: Int32Array,
  scale: number,
  into: Float64Array,
  at: number,
): void {
  let isRowMajor = offset === 0;
  for (let axis = shape.length - 1, next = 1; axis >= 0; next *= shape[axis--])
    if (shape[axis] !== 1 && strides[axis] !== next) isRowMajor = false;
  for (let k = 0; k < places.length; k++) {
    let place = places[k];
    if (!isRowMajor) {
      let rest = place;
      place = offset;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        place += (rest % shape[axis]) * strides[axis];
        rest = Math.floor(rest / shape[axis]);
      }
    }
    into[at + k] = scale * data[place];
  }
}
