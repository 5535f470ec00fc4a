import { javascriptPeers } from "../running/contenders.ts";
import type { Failed, Measurement, Timed } from "../running/measure.ts";
import type { Summary } from "../running/statistics.ts";

export interface Verdict {
  /** The fastest JavaScript peer, and how many times as fast as it we are. */
  readonly best: { readonly name: string; readonly ratio: Summary } | null;
  /** Our time over PyTorch's. */
  readonly pytorch: Summary | null;
  readonly met: boolean;
}

export const isTimed = (result: Timed | Failed | undefined): result is Timed =>
  result !== undefined && "median" in result;

/** Compares with what took part; a target about who did not is neither met nor missed by it. */
export function judge({ workload: { target }, results }: Measurement): Verdict {
  let best: Verdict["best"] = null;
  for (const name of Object.keys(javascriptPeers)) {
    const result = results[name];
    if (isTimed(result) && (best === null || result.ratio.median < best.ratio.median))
      best = { name, ratio: result.ratio };
  }
  const pytorch = isTimed(results.pytorch) ? inverse(results.pytorch.ratio) : null;
  return {
    best,
    pytorch,
    met:
      (best === null || best.ratio.median >= target.javascript) &&
      (target.pytorch === undefined || pytorch === null || pytorch.median <= target.pytorch),
  };
}

const inverse = ({ median, quartiles: [low, high] }: Summary): Summary => ({
  median: 1 / median,
  quartiles: [1 / high, 1 / low],
});
