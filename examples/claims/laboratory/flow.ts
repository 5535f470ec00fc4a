import { Generator, type Tensor } from "@isograd/autograd";
import { type Diagnosis, diagnose, type FlowProfile } from "@isograd/diagnostics";
import type { Module } from "@isograd/nn";
import type { Claimed, Measurement } from "../claim.ts";
import type { Arm } from "./arm.ts";
import type { Laboratory } from "./laboratory.ts";
import { firstExamples, type Task } from "./task.ts";

type Network = Module<readonly [Tensor], Tensor>;

/** The gradient of 64 examples on its way through a network that nobody has trained. */
export const flowOf = (task: Task, model: Network): FlowProfile => diagnosisOf(task, model).flow;

const diagnosisOf = (task: Task, model: Network): Diagnosis =>
  diagnose(model, firstExamples(task, 64), task.loss, { redraws: 0 });

/** |gradient| at the first layer over that at the last one, before training, for each seed; infinite where numbers are. */
export function gradientFactors(
  { seeds }: Laboratory,
  task: Task,
  { build, prepare }: Pick<Arm, "build" | "prepare">,
): number[] {
  return seeds.map((seed) => {
    const model = build(task, new Generator(seed).fork("weights"));
    prepare?.(model, firstExamples(task, 256).inputs);
    const { flow, loss } = diagnosisOf(task, model);
    return Number.isFinite(loss) ? flow.totalFactor : Number.POSITIVE_INFINITY;
  });
}

/** From a thousandth or a thousand on one learning rate does not suit all layers: where the diagnosis begins to give alarm. */
export const exploding: Claimed = { above: 1e3 };
export const vanishing: Claimed = { below: 1e-3 };

/** The flow of a network as a measurement. */
export const flowMeasurement = (
  laboratory: Laboratory,
  setting: string,
  arm: Pick<Arm, "build" | "prepare">,
  claimed?: Claimed,
): Measurement => ({
  setting,
  quantity: "|gradient| at the first layer over that at the last",
  values: gradientFactors(laboratory, laboratory.tasks.digits, arm),
  isFactor: true,
  claimed,
});
