import {
  add,
  concat,
  DtypeError,
  fromData,
  logicalNot,
  logicalOr,
  reshape,
  ShapeError,
  Tensor,
  where,
  zeros,
} from "@isograd/autograd";

/** What queries may not see. Of `bool` masks, true hides; real ones are added to the scores, so that -∞ hides. All may be given together. */
export interface AttentionMasks {
  /** [queries, keys], or [batch · heads, queries, keys] with the heads of an example one behind the other. */
  readonly attnMask?: Tensor | null;
  /** [batch, keys], or [keys] without a batch: true, say, where sequences have ended. */
  readonly keyPaddingMask?: Tensor | null;
  /** Whether query i sees the keys 0 to i alone; default false. */
  readonly causal?: boolean;
}

/** The extents of the scores, and how many keys behind those given everybody sees. */
export interface ScoreExtents {
  readonly batch: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly appended: number;
}

/**
 * The mask that hides from each query what comes after it: `bool` [queries, keys], true where key j > query i.
 *
 * @see torch.nn.Transformer.generate_square_subsequent_mask
 * @example
 * causalMask(2); // [[false, true], [false, false]]
 */
export function causalMask(queries: number, keys: number = queries): Tensor {
  const hidden = Uint8Array.from({ length: queries * keys }, (_, i) =>
    Number(i % keys > Math.trunc(i / keys)),
  );
  return fromData(hidden, [queries, keys]);
}

/**
 * The mask that hides what stands behind the end of each sequence: `bool` [batch, length].
 *
 * @param lengths of the sequences: numbers, or a tensor [batch] as `padRows` gives it
 * @param length  of the longest; default: the largest of them
 * @example
 * paddingMask([1, 2]); // [[false, true], [false, false]]
 */
export function paddingMask(lengths: Tensor | readonly number[], length?: number): Tensor {
  const ends = lengths instanceof Tensor ? lengths.values() : lengths;
  const longest = length ?? Math.max(0, ...ends);
  const hidden = Uint8Array.from({ length: ends.length * longest }, (_, i) =>
    Number(i % longest >= ends[Math.trunc(i / longest)]),
  );
  return fromData(hidden, [ends.length, longest]);
}

/**
 * All masks as one that broadcasts to [batch, heads, queries, keys + appended]: true where a key is seen, or reals to add; null if there are none.
 *
 * @throws ShapeError or DtypeError if a mask does not fit
 */
export function composeMasks(
  layer: string,
  { attnMask, keyPaddingMask, causal }: AttentionMasks,
  { batch, heads, queries, keys, appended }: ScoreExtents,
): Tensor | null {
  const parts: Tensor[] = [];
  if (attnMask) {
    checkMask(layer, attnMask, [
      [queries, keys],
      [batch * heads, queries, keys],
    ]);
    parts.push(attnMask.rank === 2 ? attnMask : reshape(attnMask, [batch, heads, queries, keys]));
  }
  if (keyPaddingMask) {
    checkMask(layer, keyPaddingMask, batch === 1 ? [[batch, keys], [keys]] : [[batch, keys]]);
    parts.push(reshape(keyPaddingMask, [batch, 1, 1, keys]));
  }
  if (causal) parts.push(causalMask(queries, keys));
  if (parts.length === 0) return null;
  const real = parts.find(({ dtype }) => dtype !== "bool");
  const hidden =
    real === undefined
      ? parts.reduce((one, other) => logicalOr(one, other))
      : parts.map((part) => asReals(part, real.dtype)).reduce((one, other) => add(one, other));
  const seen = zeros([...hidden.shape.slice(0, -1), appended], hidden.dtype);
  const all = appended === 0 ? hidden : concat([hidden, seen], hidden.rank - 1);
  return real === undefined ? logicalNot(all) : all;
}

const asReals = (mask: Tensor, dtype: Tensor["dtype"]): Tensor =>
  mask.dtype === "bool" ? where(mask, Number.NEGATIVE_INFINITY, zeros([], dtype)) : mask;

function checkMask(layer: string, mask: Tensor, shapes: readonly (readonly number[])[]): void {
  if (mask.dtype === "i32") throw new DtypeError(layer, [mask.dtype], "expected a mask of bool or reals");
  if (!shapes.some((shape) => shape.join() === mask.shape.join())) {
    const rule = `expected a mask ${shapes.map((shape) => `[${shape.join(", ")}]`).join(" or ")}`;
    throw new ShapeError(layer, [mask.shape], rule);
  }
}
