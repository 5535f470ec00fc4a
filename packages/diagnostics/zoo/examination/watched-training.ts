import { type Finding, watch } from "@isograd/diagnostics";
import type { Module } from "@isograd/nn";
import { runAlpha } from "../../src/error-rate.ts";
import type { Firing, Rival } from "../observation.ts";
import type { Trainee } from "../trainee.ts";
import { score } from "../training/score.ts";
import { type Outcome, train } from "../training/train.ts";
import { isAlarm } from "./our-finding.ts";
import { alphas } from "./rates.ts";
import { RulesOfAll } from "./rules.ts";

/** A training and what all who watched it found. */
export interface WatchedTraining extends Outcome {
  /** At the default rate, with the updates made before. */
  readonly findings: readonly { readonly finding: Finding; readonly step: number }[];
  readonly alarmed: ReadonlySet<number>;
  /** The first firing of each rule, by the rival's name. */
  readonly firings: Readonly<Record<string, readonly Firing[]>>;
}

/** Trains a model with a watcher at each rate, and with the rules of other tools, told of some of the steps as the family says. */
export function watchTraining(trainee: Trainee, model: Module, rivals: readonly Rival[]): WatchedTraining {
  const { family, setting, task, seed } = trainee;
  const others = new RulesOfAll(trainee, rivals);
  const watchers = alphas.map((alpha) => watch({ alpha, seed }));
  try {
    const outcome = train(trainee, model, {
      beforeStep: (step, { endsEpoch }) => {
        if (step % family.observedEvery === 0 || endsEpoch || step === setting.steps - 1) others.look();
      },
      afterStep: (taken) =>
        others.tell(taken, (output, targets) => score(output, targets, task.kind, setting)),
    });
    return {
      ...outcome,
      findings: watchers[alphas.indexOf(runAlpha)].findings.map(({ finding, step }) => ({
        finding,
        step: Math.floor(step / setting.accumulate),
      })),
      alarmed: new Set(alphas.filter((_, k) => watchers[k].findings.some(({ finding }) => isAlarm(finding)))),
      firings: others.firings(),
    };
  } finally {
    others.stop();
    for (const watcher of watchers) watcher.stop();
  }
}
