import type { Finding } from "@isograd/diagnostics";
import { examineBeginning } from "./examination/beginning.ts";
import { ourFinding } from "./examination/our-finding.ts";
import { alphas } from "./examination/rates.ts";
import { type WatchedTraining, watchTraining } from "./examination/watched-training.ts";
import type { OurFinding, RunResult } from "./result.ts";
import { rivals } from "./rivals/index.ts";
import type { Trainee } from "./trainee.ts";
import { modelOf } from "./training/train.ts";

/** What a run showed, before it is known what others of its litter reached. */
export interface ExaminedRun extends Pick<RunResult, "alarmedAt" | "ours" | "rivals" | "seconds" | "steps"> {
  readonly trainee: Trainee;
  readonly score: number;
  /** The same findings, whole: what remedies are chosen by. */
  readonly findings: readonly Finding[];
}

/** Examines a network before its first step, and watches its training. */
export function examineRun(trainee: Trainee): ExaminedRun {
  const model = modelOf(trainee);
  const began = performance.now();
  const before = examineBeginning(trainee, model);
  const examination = (performance.now() - began) / 1000;
  const during = watchTraining(trainee, model, rivals);
  const { score, steps, firings } = during;
  return {
    trainee,
    score,
    steps,
    ours: [
      ...before.lint.map((finding) => ourFinding("lint", finding)),
      ...before.firstStep.map((finding) => ourFinding("firstStep", finding)),
      ...duringTraining(during),
    ],
    findings: [...before.lint, ...before.firstStep, ...during.findings.map(({ finding }) => finding)],
    alarmedAt: alphas.map((alpha) => ({
      alpha,
      alarmed: before.alarmed.has(alpha) || during.alarmed.has(alpha),
    })),
    rivals: firings,
    seconds: { training: during.seconds, examination },
  };
}

const duringTraining = ({ findings }: WatchedTraining): OurFinding[] =>
  findings.map(({ finding, step }) => ourFinding("training", finding, step));
