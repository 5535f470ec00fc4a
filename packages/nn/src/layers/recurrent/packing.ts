import {
  ArgumentError,
  indexCopy,
  indexSelect,
  reshape,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";

/**
 * Sequences of several lengths without what stands behind their ends: step by step, at each step the rows of the sequences that still last, longest
 * first.
 */
export class Packing {
  /** How many sequences last at each step: never more than before. */
  readonly sizes: readonly number[];
  /** The sequences by length and the places of the packed rows among all; null where all last to the end. */
  readonly #ragged: { readonly order: Tensor; readonly back: Tensor; readonly places: Tensor } | null;

  /** @throws ArgumentError unless there is a length within [1, time] for each sequence */
  constructor(
    layer: string,
    readonly time: number,
    readonly batch: number,
    lengths: readonly number[] | undefined,
  ) {
    const isLength = (length: number): boolean => Number.isInteger(length) && length >= 1 && length <= time;
    if (lengths !== undefined && (lengths.length !== batch || !lengths.every(isLength)))
      throw new ArgumentError(layer, `expected ${batch} lengths within [1, ${time}]`, lengths);
    const all = lengths ?? [];
    const steps = all.reduce((most, length) => Math.max(most, length), 0);
    if (all.every((length) => length === time)) {
      this.sizes = new Array<number>(time).fill(batch);
      this.#ragged = null;
      return;
    }
    const order = all.map((_, k) => k).sort((a, b) => all[b] - all[a]);
    const back = new Array<number>(batch);
    order.forEach((sequence, k) => {
      back[sequence] = k;
    });
    this.sizes = Array.from({ length: steps }, (_, step) => all.filter((length) => length > step).length);
    const places = this.sizes.flatMap((size, step) => order.slice(0, size).map((k) => step * batch + k));
    this.#ragged = { order: indices(order), back: indices(back), places: indices(places) };
  }

  /** [time, batch, features] -> [rows, features] */
  pack(x: Tensor): Tensor {
    const rows = reshape(x, [this.time * this.batch, x.shape[2]]);
    return this.#ragged === null ? rows : indexSelect(rows, 0, this.#ragged.places);
  }

  /** [rows, features] -> [time, batch, features], zeros behind the ends */
  unpack(rows: Tensor): Tensor {
    const { time, batch } = this;
    const [, features] = rows.shape;
    const all =
      this.#ragged === null
        ? rows
        : indexCopy(zeros([time * batch, features], rows.dtype), 0, this.#ragged.places, rows);
    return reshape(all, [time, batch, features]);
  }

  /** States [..., batch, width] with those of the longest sequences first. */
  sort(state: Tensor): Tensor {
    return this.#ragged === null ? state : indexSelect(state, state.rank - 2, this.#ragged.order);
  }

  unsort(state: Tensor): Tensor {
    return this.#ragged === null ? state : indexSelect(state, state.rank - 2, this.#ragged.back);
  }
}

const indices = (list: readonly number[]): Tensor => tensor(list, { dtype: "i32" });
