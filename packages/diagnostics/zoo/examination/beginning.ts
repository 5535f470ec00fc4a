import { type Finding, type LintOptions, lint } from "@isograd/diagnostics";
import type { Module } from "@isograd/nn";
import { diagnoseAt } from "../../src/diagnose.ts";
import { runAlpha } from "../../src/error-rate.ts";
import type { Trainee } from "../trainee.ts";
import { objective } from "../training/objective.ts";
import { trainingBatches } from "../training/train.ts";
import { isAlarm } from "./our-finding.ts";
import { alphas } from "./rates.ts";

/** What is found before the first update. */
export interface Beginning {
  /** At the default rate. */
  readonly lint: readonly Finding[];
  readonly firstStep: readonly Finding[];
  /** The rates at which there is an alarm. */
  readonly alarmed: ReadonlySet<number>;
}

/** Lints a model before any data, and diagnoses it on the first batch that it will be trained on. */
export function examineBeginning(trainee: Trainee, model: Module): Beginning {
  const { setting, task, seed } = trainee;
  const loss = objective(setting, task);
  const { inputs, targets } = trainingBatches(trainee).next().value;
  const options: LintOptions = {
    loss,
    seed,
    ...(inputs.dtype === "f32" ? {} : { inputs: () => inputs }),
  };
  const linted = alphas.map((alpha) => lint(model, inputs.shape, { ...options, alpha }).findings);
  const diagnosed = diagnoseAt(model, { inputs, targets }, loss, alphas, { seed }).map(
    ({ findings }) => findings,
  );
  const at = alphas.indexOf(runAlpha);
  return {
    lint: linted[at],
    firstStep: diagnosed[at],
    alarmed: new Set(alphas.filter((_, k) => linted[k].some(isAlarm) || diagnosed[k].some(isAlarm))),
  };
}
