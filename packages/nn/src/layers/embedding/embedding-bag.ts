import { embeddingBag, type Tensor } from "@isograd/autograd";
import { pretrained } from "./embedding.ts";
import { type PretrainedOptions, Table, type TableOptions } from "./table.ts";

interface BagOptions {
  /** How the rows of a bag become one; default the mean. An empty bag gives zeros. */
  readonly mode?: "sum" | "mean" | "max";
  /** Whether the last of the offsets is the end of the last bag; default false. */
  readonly includeLastOffset?: boolean;
}

/** Rows of the padding are left out of their bag, and not counted in its mean. */
export interface EmbeddingBagLayerOptions extends TableOptions, BagOptions {}

export interface BagCall {
  /** Where each bag begins in an index [n]: `i32` [bags], ascending from 0. */
  readonly offsets?: Tensor | null;
  /** A factor for each row, of the shape of the index; only for sums. */
  readonly perSampleWeights?: Tensor | null;
}

/**
 * Rows of a learnt table, reduced bag by bag.
 *
 * `i32` [bags, n], or [n] with `offsets`, -> [bags, embeddingDim]; weight [numEmbeddings, embeddingDim].
 *
 * With `maxNorm` the table itself changes when it is read, in evaluation too.
 *
 * @throws ArgumentError if there is no row for the padding; ShapeError, DtypeError or ArgumentError when called, if index, offsets or weights do not fit
 * @see torch.nn.EmbeddingBag
 * @example
 * const bag = new EmbeddingBag({ numEmbeddings: 6, embeddingDim: 1, mode: "sum", weightInit: ones });
 * const offsets = tensor([0, 3], { dtype: "i32" });
 * bag.call(tensor([1, 2, 4, 5], { dtype: "i32" }), { offsets }); // [[3], [1]]
 */
export class EmbeddingBag extends Table<readonly [index: Tensor, call?: BagCall]> {
  readonly mode: "sum" | "mean" | "max";
  readonly includeLastOffset: boolean;

  constructor(options: EmbeddingBagLayerOptions) {
    super("EmbeddingBag", options);
    this.mode = options.mode ?? "mean";
    this.includeLastOffset = options.includeLastOffset ?? false;
  }

  /**
   * A layer that begins with the rows of `table` [rows, features], and keeps them unless `freeze` is false.
   *
   * @throws ShapeError unless the table is a matrix
   * @see torch.nn.EmbeddingBag.from_pretrained
   */
  static fromPretrained(table: Tensor, options: PretrainedOptions & BagOptions = {}): EmbeddingBag {
    return pretrained("EmbeddingBag", table, options, (more) => new EmbeddingBag({ ...options, ...more }));
  }

  forward(index: Tensor, { offsets, perSampleWeights }: BagCall = {}): Tensor {
    const { paddingIndex, scaleGradByFreq, mode, includeLastOffset } = this;
    return embeddingBag(this.tableFor(index), index, {
      mode,
      includeLastOffset,
      scaleGradByFreq,
      ...(paddingIndex !== null && { paddingIndex }),
      ...(offsets && { offsets }),
      ...(perSampleWeights && { perSampleWeights }),
    });
  }
}
