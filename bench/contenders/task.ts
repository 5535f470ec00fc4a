import { run } from "../workloads/programs.ts";
import { valuesOf } from "../workloads/values.ts";
import { learningRate, type Workload } from "../workloads/workload.ts";
import type { Engine, Task } from "./engine.ts";

/** How many steps of training are compared. */
const comparedSteps = 3;

export function prepare<T>(engine: Engine<T>, { inputs, program, task }: Workload): Task {
  const loaded = inputs.map((input, place) => engine.load(valuesOf(input, place), input));
  const described = inputs.filter((input) => input.parameter);
  const parameters = loaded.filter((_, k) => inputs[k].parameter);
  const data = loaded.filter((_, k) => !inputs[k].parameter);
  const f = (present: readonly T[], given: readonly T[]): T => run(program, engine.ops, present, given);
  const job = { f, parameters, data };
  const readAll = async (tensors: readonly T[]): Promise<ArrayLike<number>[]> => {
    const arrays: ArrayLike<number>[] = [];
    for (const [k, tensor] of tensors.entries())
      arrays.push(Float64Array.from(await engine.read(tensor, described[k])));
    return arrays;
  };
  if (task === "value")
    return {
      runs: 1,
      run: () => engine.value(job, engine.first),
      results: async () => engine.value(job, (value) => readAll([value])),
    };
  if (task === "gradient")
    return {
      runs: 1,
      run: () => engine.gradient(job, (_, gradients) => engine.first(gradients[0])),
      results: async () =>
        engine.gradient(job, async (value, gradients) => [
          Float64Array.from(await engine.read(value)),
          ...(await readAll(gradients)),
        ]),
    };
  const trainer = engine.trainer(job, learningRate);
  return {
    runs: comparedSteps,
    run: trainer.step,
    results: async () => {
      const before = await readAll(trainer.parameters());
      const losses: number[] = [];
      for (let step = 0; step < comparedSteps; step++) losses.push(await trainer.step());
      const after = await readAll(trainer.parameters());
      return [
        losses,
        ...after.map((values, k) => Float64Array.from(values, (value, i) => value - before[k][i])),
      ];
    },
  };
}
