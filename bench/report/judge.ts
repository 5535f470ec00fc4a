import { javascriptPeers } from "../running/contenders.ts";
import type { Failed, Measurement, Timed } from "../running/measure.ts";
import type { Summary } from "../running/statistics.ts";

export interface Verdict {
  /** The fastest JavaScript peer, and how many times as fast as it we are. */
  readonly best: { readonly name: string; readonly ratio: Summary } | null;
  /** Our time over PyTorch's. */
  readonly pytorch: Summary | null;
  /** The same with a native library for our matrix products. */
  readonly native: number | null;
  /** How many times as fast as the fastest JavaScript peer we are with two threads. */
  readonly threads: number | null;
  /** Null where nobody was there to compare with. */
  readonly met: boolean | null;
}

export const isTimed = (result: Timed | Failed | undefined): result is Timed =>
  result !== undefined && "median" in result;

export function judge({ workload: { target }, results }: Measurement): Verdict {
  let best: Verdict["best"] = null;
  for (const name of Object.keys(javascriptPeers)) {
    const result = results[name];
    if (isTimed(result) && (best === null || result.ratio.median < best.ratio.median))
      best = { name, ratio: result.ratio };
  }
  const pytorch = isTimed(results.pytorch) ? inverse(results.pytorch.ratio) : null;
  const { "isograd-blas": blas, "isograd-threads": two } = results;
  const native = pytorch !== null && isTimed(blas) ? blas.ratio.median * pytorch.median : null;
  const threads = best !== null && isTimed(two) ? best.ratio.median / two.ratio.median : null;
  const reached = best === null ? null : best.ratio.median >= target.javascript;
  const closeToPytorch = pytorch === null ? null : pytorch.median <= (target.pytorch ?? Infinity);
  const wanted = target.pytorch === undefined ? [reached] : [reached, closeToPytorch];
  if (target.threads !== undefined) wanted.push(threads === null ? null : threads >= target.threads);
  const met = wanted.includes(false) ? false : wanted.includes(null) ? null : true;
  return { best, pytorch, native, threads, met };
}

const inverse = ({ median, quartiles: [low, high] }: Summary): Summary => ({
  median: 1 / median,
  quartiles: [1 / high, 1 / low],
});
