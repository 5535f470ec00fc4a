import type { Tensor } from "@isograd/autograd";
import type { TracedLeaf } from "../trace/trace.ts";

/** So many numbers of a parameter tell enough of how it moves: what looking costs does not grow with the network. */
const most = 1024;

/** What the sampled numbers add up to: weights w, gradients g. Sums of squares are those of the whole. */
export interface Sums {
  /** Σ w², Σ g² and Σ w g. */
  parameters: number;
  gradients: number;
  product: number;
  /** Σ b g, where b is the sum of the gradients that were gathered. */
  along: number;
  // Of matrices and kernels alone: biases and gains begin at one value, and their own scale says little.
  /** Σ w², now and at the look before, and Σ (w - w before)². */
  weights: number;
  weightsBefore: number;
  moved: number;
}

/** The gradients are gathered, compared with those that were gathered, or left alone: then nothing is added up of them. */
export type Phase = "gathering" | "comparing" | "weights";

/** Looks at the same few numbers of the parameters of a program, and of their gradients, each time. */
export class ParameterSample {
  readonly #parts: readonly LeafSample[];
  /** What the weights add up to at one unit of variance an input: Σ fanOut. */
  readonly rows: number;

  constructor(leaves: readonly TracedLeaf[]) {
    const withRows = leaves.some(({ tensor }) => tensor.rank > 1);
    const isWeight = ({ rank }: Tensor): boolean => rank > 1 || !withRows;
    this.#parts = leaves.map(({ tensor }) => new LeafSample(tensor.size, isWeight(tensor)));
    this.rows = leaves.reduce(
      (rows, { tensor }) => rows + (isWeight(tensor) ? (tensor.rank > 1 ? tensor.shape[0] : 1) : 0),
      0,
    );
  }

  look(leaves: readonly TracedLeaf[], phase: Phase): Sums {
    const sums = {
      parameters: 0,
      gradients: 0,
      product: 0,
      along: 0,
      weights: 0,
      weightsBefore: 0,
      moved: 0,
    };
    for (let k = 0; k < leaves.length; k++) {
      this.#parts[k].follow(leaves[k], sums);
      if (phase !== "weights") this.#parts[k].compare(leaves[k], phase === "gathering", sums);
    }
    return sums;
  }
}

/** The numbers of one parameter. */
class LeafSample {
  readonly #isWeight: boolean;
  readonly #scale: number;
  /** Those of the latest look, and the gathered gradients. */
  readonly #numbers: Float64Array;
  readonly #gathered: Float64Array;
  readonly #inWeight: Layout;
  readonly #inGradient: Layout;

  constructor(size: number, isWeight: boolean) {
    const places = placesIn(size);
    this.#isWeight = isWeight;
    this.#scale = Math.sqrt(size / places.length);
    this.#numbers = new Float64Array(places.length);
    this.#gathered = new Float64Array(places.length);
    this.#inWeight = new Layout(places);
    this.#inGradient = new Layout(places);
  }

  /** Takes the weights down. */
  follow({ tensor }: TracedLeaf, sums: Sums): void {
    const { data, offset } = tensor;
    const [addresses, numbers, scale] = [this.#inWeight.addresses(tensor), this.#numbers, this.#scale];
    // Sums from a list would not stay in registers.
    let now = 0;
    let before = 0;
    let moved = 0;
    for (let k = 0; k < numbers.length; k++) {
      const was = numbers[k];
      const is = scale * data[offset + addresses[k]];
      numbers[k] = is;
      now += is * is;
      before += was * was;
      moved += (is - was) * (is - was);
    }
    sums.parameters += now;
    if (!this.#isWeight) return;
    sums.weights += now;
    sums.weightsBefore += before;
    sums.moved += moved;
  }

  /** Compares the gradient with the weights, which were taken down before, and with what was gathered. */
  compare({ gradient }: TracedLeaf, gathers: boolean, sums: Sums): void {
    const { data, offset } = gradient;
    const [addresses, scale] = [this.#inGradient.addresses(gradient), this.#scale];
    const [numbers, gathered] = [this.#numbers, this.#gathered];
    let squares = 0;
    let product = 0;
    let along = 0;
    for (let k = 0; k < numbers.length; k++) {
      const slope = scale * data[offset + addresses[k]];
      squares += slope * slope;
      product += slope * numbers[k];
      along += slope * gathered[k];
      if (gathers) gathered[k] += slope;
    }
    sums.gradients += squares;
    sums.product += product;
    sums.along += along;
  }
}

/** Where the sampled numbers of a tensor lie behind its offset: worked out anew only where its strides are others than before. */
class Layout {
  readonly #places: Int32Array;
  #strides: readonly number[] = [];
  #addresses: Int32Array;

  constructor(places: Int32Array) {
    this.#places = places;
    this.#addresses = places;
  }

  addresses({ shape, strides }: Tensor): Int32Array {
    const known = this.#strides;
    let isKnown = known.length === strides.length;
    for (let axis = 0; axis < known.length && isKnown; axis++) isKnown = known[axis] === strides[axis];
    if (!isKnown) {
      this.#strides = strides;
      this.#addresses = this.#places.map((place) => addressOf(place, shape, strides));
    }
    return this.#addresses;
  }
}

function addressOf(place: number, shape: readonly number[], strides: readonly number[]): number {
  let [rest, address] = [place, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    address += (rest % shape[axis]) * strides[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return address;
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
