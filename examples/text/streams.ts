import { fromData } from "@isograd/autograd";
import { batches, mapBatches } from "@isograd/nn";

export interface StreamOptions {
  /** Into how many streams the text is cut, to be read side by side; default 1. */
  readonly streams?: number;
  /** How many characters of each stream a batch has. */
  readonly time: number;
}

/**
 * A text cut into streams of one length that are read side by side, piece after piece: `inputs` [time, streams], and as `targets` the character behind each
 * one [time · streams].
 *
 * What does not fill all streams is left out, the last piece may be shorter.
 */
export function streamBatches(text: Int32Array, { streams = 1, time }: StreamOptions) {
  const length = Math.floor((text.length - 1) / streams);
  const pieces = Array.from({ length: Math.ceil(length / time) }, (_, piece) => piece * time);
  return mapBatches(batches({ begin: Int32Array.from(pieces) }, { batchSize: 1 }), ({ begin }) => {
    const from = begin.item();
    const steps = Math.min(time, length - from);
    const read = (offset: number): Int32Array =>
      Int32Array.from({ length: steps * streams }, (_, k) => {
        return text[(k % streams) * length + from + Math.floor(k / streams) + offset];
      });
    return {
      inputs: fromData(read(0), [steps, streams]),
      targets: fromData(read(1), [steps * streams]),
    };
  });
}
