import { Generator } from "@isograd/autograd";
import type { Digits } from "../../demo/data/mnist.ts";
import type { Plan } from "../plan.ts";
import { withOutliers } from "./ailments.ts";
import type { Arm } from "./arm.ts";
import { digitTask } from "./digits.ts";
import { spiralTask } from "./spirals.ts";
import type { Task } from "./task.ts";
import type { Tuned } from "./tuned.ts";
import { waveTask } from "./waves.ts";

/** What all experiments share. */
export interface Laboratory {
  readonly plan: Plan;
  readonly seed: string;
  /** Each network that counts begins from one of these. */
  readonly seeds: readonly string[];
  readonly tasks: Readonly<Record<"digits" | "outliers" | "spirals" | "waves", Task>>;
  /** What has been trained already. */
  readonly known: Map<Task, Map<Arm, Promise<Tuned>>>;
  readonly signal?: AbortSignal;
}

export interface LaboratoryOptions {
  readonly plan: Plan;
  readonly seed: string;
  readonly mnist: { readonly training: Digits; readonly test: Digits };
  readonly signal?: AbortSignal;
}

export function openLaboratory({ plan, seed, mnist, signal }: LaboratoryOptions): Laboratory {
  const generator = new Generator(seed);
  const digits = digitTask(mnist.training, mnist.test, plan);
  return {
    plan,
    seed,
    seeds: Array.from({ length: plan.seeds }, (_, k) => `${seed}/${k}`),
    tasks: {
      digits,
      outliers: withOutliers(digits),
      spirals: spiralTask(generator.fork("spirals")),
      waves: waveTask(generator.fork("waves")),
    },
    known: new Map(),
    signal,
  };
}
