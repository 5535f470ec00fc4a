import { cast, embedding, ShapeError, type Tensor } from "@isograd/autograd";
import { type PretrainedOptions, Table, type TableOptions } from "./table.ts";

export type EmbeddingLayerOptions = TableOptions;

/**
 * Rows of a learnt table, one for each number of an index.
 *
 * `i32` of any shape [...] -> [..., embeddingDim]; weight [numEmbeddings, embeddingDim].
 *
 * With `maxNorm` the table itself changes when it is read, in evaluation too.
 *
 * @throws ArgumentError if there is no row for the padding; DtypeError or ArgumentError when called, unless the index names rows by `i32`
 * @see torch.nn.Embedding
 * @example
 * const words = new Embedding({ numEmbeddings: 1000, embeddingDim: 16, paddingIndex: 0 });
 * const vectors = words.call(tensor([[4, 2, 0]], { dtype: "i32" }));
 * vectors.shape; // [1, 3, 16]
 * sum(abs(select(vectors, 1, 2))); // 0
 */
export class Embedding extends Table<readonly [index: Tensor]> {
  constructor(options: EmbeddingLayerOptions) {
    super("Embedding", options);
  }

  /**
   * An embedding that begins with the rows of `table` [rows, features], and keeps them unless `freeze` is false.
   *
   * @throws ShapeError unless the table is a matrix
   * @see torch.nn.Embedding.from_pretrained
   */
  static fromPretrained(table: Tensor, options: PretrainedOptions = {}): Embedding {
    return pretrained("Embedding", table, options, (more) => new Embedding({ ...options, ...more }));
  }

  forward(index: Tensor): Tensor {
    const { paddingIndex, scaleGradByFreq } = this;
    return embedding(this.tableFor(index), index, {
      scaleGradByFreq,
      ...(paddingIndex !== null && { paddingIndex }),
    });
  }
}

/** A layer that is made with the rows of a table, the row of the padding as it is there. */
export function pretrained<L extends Table<never>>(
  name: string,
  table: Tensor,
  { freeze = true }: PretrainedOptions,
  make: (more: TableOptions) => L,
): L {
  if (table.rank !== 2) throw new ShapeError(name, [table.shape], "expected a table [rows, features]");
  const [numEmbeddings, embeddingDim] = table.shape;
  const dtype = table.dtype === "f64" ? "f64" : "f32";
  const values = cast(table.detach(), dtype);
  const layer = make({ numEmbeddings, embeddingDim, dtype, weightInit: () => values });
  layer.weight.assign(values);
  return freeze ? layer.freeze() : layer;
}
