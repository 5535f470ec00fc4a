import { ArgumentError, pad, ShapeError, stack, type Tensor } from "@isograd/autograd";

export interface PadSequenceOptions {
  /** Whether the result is [batch, time, ...] instead of [time, batch, ...]; default false. */
  readonly batchFirst?: boolean;
  /** What stands behind the ends; default 0. */
  readonly paddingValue?: number;
}

/**
 * Sequences [length, ...] side by side, as many steps as the longest has: [time, batch, ...].
 *
 * @throws ArgumentError without sequences; ShapeError if they differ in more than length
 * @see torch.nn.utils.rnn.pad_sequence
 * @example
 * padSequence([tensor([1, 2]), tensor([3])], { batchFirst: true }); // [[1, 2], [3, 0]]
 */
export function padSequence(
  sequences: readonly Tensor[],
  { batchFirst = false, paddingValue = 0 }: PadSequenceOptions = {},
): Tensor {
  if (sequences.length === 0)
    throw new ArgumentError("padSequence", "expected at least one sequence", sequences);
  const [first] = sequences;
  const fits = ({ rank, shape }: Tensor): boolean =>
    rank > 0 &&
    rank === first.rank &&
    shape.every((extent, axis) => axis === 0 || extent === first.shape[axis]);
  if (!sequences.every(fits))
    throw new ShapeError(
      "padSequence",
      sequences.map(({ shape }) => shape),
      "expected sequences [length, ...] that differ in length alone",
    );
  const time = sequences.reduce((longest, { shape }) => Math.max(longest, shape[0]), 0);
  const padded = sequences.map((x) =>
    pad(
      x,
      x.shape.map((extent, axis) => [0, axis === 0 ? time - extent : 0] as const),
      paddingValue,
    ),
  );
  return stack(padded, batchFirst ? 0 : 1);
}
