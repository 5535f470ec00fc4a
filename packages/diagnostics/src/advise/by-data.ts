import type { Batch, Loss, Model } from "../trace/trace.ts";
import type { Meter, Ranked, Verdict } from "./advice.ts";
import type { Candidate } from "./candidate.ts";
import { joined, Probe } from "./measure.ts";
import { outlookReasons } from "./outlook-reasons.ts";
import { scoreOf } from "./score.ts";

export interface DataSubject {
  readonly candidates: readonly Candidate[];
  /** Networks of a candidate. */
  readonly draw: (candidate: Candidate) => readonly Model[];
  readonly data: readonly Batch[];
  readonly loss: Loss;
  readonly meter: Meter;
}

/** How many examples are looked at: what is read out of the layers takes their number to the third power. */
const examples = 128;

/** Ranks candidates by what their untrained networks make of a batch: its own law in place of the Gaussian one. */
export function rankByData({ candidates, draw, data, loss, meter }: DataSubject): Verdict {
  const batch = joined(data, examples);
  const probe = new Probe(batch);
  const ranking = candidates.map((candidate): Ranked => {
    const models = draw(candidate);
    meter.gradientEvaluations += models.length;
    const outlook = probe.measure(models, loss);
    return { candidate, score: scoreOf(outlook), steps: 0, reasons: outlookReasons(outlook) };
  });
  return {
    ranking: ranking.sort((a, b) => b.score - a.score),
    ending: `measured on ${batch.inputs.shape[0]} examples, nothing trained`,
  };
}
