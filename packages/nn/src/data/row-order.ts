import { ArgumentError, type Generator } from "@isograd/autograd";
import { nextGenerator } from "../initializers/default-generator.ts";
import { Passes } from "./passes.ts";
import { checkRows, type Sampler } from "./sampler.ts";

export interface OrderOptions {
  /** How many rows; default 32. */
  readonly batchSize?: number;
  /** Whether each pass takes the rows in a new random order; default false. */
  readonly shuffle?: boolean;
  /** Which rows, in this order unless they are shuffled; or a sampler, which chooses for each pass. Default: all. */
  readonly rows?: ArrayLike<number> | Sampler;
  /** Draws the orders. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
  /** Whether to leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
}

/** The rows of one batch. */
export interface Picked {
  readonly rows: Int32Array;
  /** Before the batch is handed on. */
  give(): void;
}

/** Which rows the batches of each pass are made of. */
export class RowOrder {
  /** How many batches a pass has. */
  readonly length: number;
  readonly passes: Passes;
  /** Whether all passes have the same rows. */
  readonly isFixed: boolean;
  readonly #batchSize: number;
  readonly #draw: (draws: Generator | null) => Int32Array;

  /** @throws ArgumentError if options do not fit each other or `count` rows, or no batch comes of them */
  constructor(operation: string, count: number, options: OrderOptions) {
    const { batchSize = 32, shuffle = false, rows, generator, dropLast = false } = options;
    checkBatchSize(operation, batchSize);
    const isSampler = rows !== undefined && "draw" in rows;
    if (isSampler && shuffle)
      throw new ArgumentError(
        operation,
        "expected no shuffle beside a sampler, which chooses the order",
        shuffle,
      );
    const draws = isSampler || shuffle ? (generator ?? nextGenerator()) : null;
    this.isFixed = !isSampler;
    if (isSampler) {
      this.#draw = (source) => {
        const drawn = rows.draw(source!);
        if (drawn.length !== rows.length)
          throw new ArgumentError(
            operation,
            `expected a sampler that draws its ${rows.length} rows`,
            drawn.length,
          );
        return checkRows(operation, drawn, count);
      };
    } else {
      const all = rows && checkRows(operation, rows, count);
      const size = all?.length ?? count;
      this.#draw = (source) => {
        const order = source?.permutation(size) ?? Int32Array.from({ length: size }, (_, row) => row);
        return all === undefined ? order : order.map((place) => all[place]);
      };
    }
    const perPass = rows?.length ?? count;
    this.#batchSize = batchSize;
    this.length = dropLast ? Math.floor(perPass / batchSize) : Math.ceil(perPass / batchSize);
    if (this.length === 0)
      throw new ArgumentError(
        operation,
        perPass === 0
          ? "expected at least one row"
          : `expected rows for at least one full batch of ${batchSize} with dropLast`,
        perPass,
      );
    this.passes = new Passes(operation, draws, { rows: perPass, batchSize });
  }

  /** The batches of the next pass. */
  *pass(): IterableIterator<Picked> {
    const { from, draws, give, end } = this.passes.begin();
    const order = this.#draw(draws);
    for (let k = from; k < this.length; k++) {
      const rows = order.subarray(k * this.#batchSize, (k + 1) * this.#batchSize);
      yield { rows, give: () => give(k + 1) };
    }
    end();
  }
}

/** @throws ArgumentError unless it is a positive integer */
export function checkBatchSize(operation: string, batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ArgumentError(operation, "expected a batchSize that is a positive integer", batchSize);
}
