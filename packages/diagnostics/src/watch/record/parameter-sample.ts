import type { Tensor } from "@isograd/autograd";
import type { TracedLeaf } from "../../trace/trace.ts";

/** What the sampled numbers add up to: weights w, gradients g. Sums of squares are those of the whole. */
export interface Sums {
  /** Σ w² and Σ w g. */
  parameters: number;
  product: number;
  /** Σ b g, where b is the sum of the gradients that were gathered. */
  along: number;
  /** Σ a g, where a is the sum of all gradients before. */
  agreed: number;
  // Of matrices and kernels alone: biases and gains begin at one value, and their own scale says little.
  /** Σ w², now and at the look before, and Σ (w - w before)². */
  weights: number;
  readonly weightsBefore: number;
  moved: number;
  /** Whether any number, of biases too, is another than at the look before. */
  hasMoved: boolean;
}

/** The gradients are gathered, compared with those that were gathered, or left alone: then nothing is added up of them. */
export type Phase = "gathering" | "comparing" | "weights";

/** Looks at the same few numbers of the parameters of a program, and of their gradients, each time. */
export class ParameterSample {
  readonly #parts: readonly LeafSample[];
  /** What the weights add up to at one unit of variance an input: Σ fanOut. */
  readonly rows: number;
  /** Σ w² at the latest look. */
  #weights = 0;

  /** @param most so many numbers of a parameter tell enough: what looking costs does not grow with the network */
  constructor(leaves: readonly TracedLeaf[], most = 1024) {
    const withRows = leaves.some(({ tensor }) => tensor.rank > 1);
    const isWeight = ({ rank }: Tensor): boolean => rank > 1 || !withRows;
    this.#parts = leaves.map(
      ({ tensor }) => new LeafSample(placesIn(tensor.size, most), tensor.size, isWeight(tensor)),
    );
    this.rows = leaves.reduce(
      (rows, { tensor }) => rows + (isWeight(tensor) ? (tensor.rank > 1 ? tensor.shape[0] : 1) : 0),
      0,
    );
  }

  look(leaves: readonly TracedLeaf[], phase: Phase): Sums {
    const sums: Sums = {
      parameters: 0,
      product: 0,
      along: 0,
      agreed: 0,
      weights: 0,
      weightsBefore: this.#weights,
      moved: 0,
      hasMoved: false,
    };
    for (let k = 0; k < leaves.length; k++) {
      this.#parts[k].follow(leaves[k], sums);
      if (phase !== "weights") this.#parts[k].compare(leaves[k], sums);
      if (phase === "gathering") this.#parts[k].gather(leaves[k]);
    }
    this.#weights = sums.weights;
    return sums;
  }
}

/** The numbers of one parameter. */
class LeafSample {
  readonly #isWeight: boolean;
  /** How many numbers one of the sample stands for. */
  readonly #share: number;
  /** Those of the latest look, and the gathered gradients. */
  readonly #numbers: Float64Array;
  readonly #gathered: Float64Array;
  /** All gradients so far. */
  readonly #all: Float64Array;
  readonly #inWeight: Layout;
  readonly #inGradient: Layout;

  constructor(places: Int32Array, size: number, isWeight: boolean) {
    this.#isWeight = isWeight;
    this.#share = size / places.length;
    this.#numbers = new Float64Array(places.length);
    this.#gathered = new Float64Array(places.length);
    this.#all = new Float64Array(places.length);
    this.#inWeight = new Layout(places);
    this.#inGradient = new Layout(places);
  }

  // Two sums of a kind go side by side: one alone waits for itself at each addition. From a list they would not stay in registers.

  /** Takes the weights down. */
  follow({ tensor }: TracedLeaf, sums: Sums): void {
    const { data, offset } = tensor;
    const addresses = this.#inWeight.addresses(tensor);
    const numbers = this.#numbers;
    const even = numbers.length & -2;
    let now = 0;
    let nowToo = 0;
    let moved = 0;
    let movedToo = 0;
    for (let k = 0; k < even; k += 2) {
      const is = data[offset + addresses[k]];
      const isToo = data[offset + addresses[k + 1]];
      const by = is - numbers[k];
      const byToo = isToo - numbers[k + 1];
      numbers[k] = is;
      numbers[k + 1] = isToo;
      now += is * is;
      nowToo += isToo * isToo;
      moved += by * by;
      movedToo += byToo * byToo;
    }
    if (even < numbers.length) {
      const is = data[offset + addresses[even]];
      now += is * is;
      moved += (is - numbers[even]) ** 2;
      numbers[even] = is;
    }
    const square = this.#share * (now + nowToo);
    sums.parameters += square;
    if (moved + movedToo > 0) sums.hasMoved = true;
    if (!this.#isWeight) return;
    sums.weights += square;
    sums.moved += this.#share * (moved + movedToo);
  }

  /** Compares the gradient with the weights, which were taken down before, with what was gathered and with all before it. */
  compare({ gradient }: TracedLeaf, sums: Sums): void {
    const { data, offset } = gradient;
    const addresses = this.#inGradient.addresses(gradient);
    const numbers = this.#numbers;
    const gathered = this.#gathered;
    const all = this.#all;
    const even = numbers.length & -2;
    let product = 0;
    let productToo = 0;
    let along = 0;
    let alongToo = 0;
    let agreed = 0;
    let agreedToo = 0;
    for (let k = 0; k < even; k += 2) {
      const slope = data[offset + addresses[k]];
      const slopeToo = data[offset + addresses[k + 1]];
      product += slope * numbers[k];
      productToo += slopeToo * numbers[k + 1];
      along += slope * gathered[k];
      alongToo += slopeToo * gathered[k + 1];
      agreed += slope * all[k];
      agreedToo += slopeToo * all[k + 1];
      all[k] += slope;
      all[k + 1] += slopeToo;
    }
    if (even < numbers.length) {
      const slope = data[offset + addresses[even]];
      product += slope * numbers[even];
      along += slope * gathered[even];
      agreed += slope * all[even];
      all[even] += slope;
    }
    sums.product += this.#share * (product + productToo);
    sums.along += this.#share * (along + alongToo);
    sums.agreed += this.#share * (agreed + agreedToo);
  }

  gather({ gradient }: TracedLeaf): void {
    const { data, offset } = gradient;
    const addresses = this.#inGradient.addresses(gradient);
    const gathered = this.#gathered;
    for (let k = 0; k < gathered.length; k++) gathered[k] += data[offset + addresses[k]];
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

const known = new Map<string, Int32Array>();

/** All places, or as many as `most`, one in each of as many equal parts, at a place in it that no row length repeats. */
function placesIn(size: number, most: number): Int32Array {
  const key = `${size} ${most}`;
  let places = known.get(key);
  if (places === undefined) {
    const count = Math.min(size, most);
    places = Int32Array.from({ length: count }, (_, k) =>
      count === size ? k : Math.floor(((k + ((k * golden) % 1)) * size) / count),
    );
    known.set(key, places);
  }
  return places;
}

const golden = (Math.sqrt(5) - 1) / 2;
