import { type Handle, observe, type Tensor } from "@isograd/autograd";
import type { Firing, Rival, Rules } from "../observation.ts";
import type { Trainee } from "../trainee.ts";
import type { TakenStep } from "../training/train.ts";
import { LayerWatch } from "./layers.ts";

/** Rules of other tools that watch one run. */
export class RulesOfAll {
  readonly #rules: ReadonlyMap<string, Rules>;
  readonly #first = new Map<string, Map<string, Firing>>();
  #looking: { readonly watch: LayerWatch; readonly handle: Handle } | null = null;

  constructor({ setting, task }: Trainee, rivals: readonly Rival[]) {
    const examples = task.training.targets.shape[0];
    const each = Math.max(1, Math.floor(examples / setting.batch)) / setting.accumulate;
    const epochs = Math.max(1, Math.floor(setting.steps / each));
    this.#rules = new Map(rivals.map((rival) => [rival.name, rival.begin(epochs)]));
    for (const { name } of rivals) this.#first.set(name, new Map());
  }

  /** Takes the next sweep down. */
  look(): void {
    const watch = new LayerWatch();
    this.#looking = { watch, handle: observe(watch) };
  }

  /** Tells the rules of a step whose sweep was taken down. @param accuracyOf of outputs and targets */
  tell(
    { step, batch, output, loss }: TakenStep,
    accuracyOf: (output: Tensor, targets: Tensor) => number,
  ): void {
    if (this.#looking === null) return;
    const { watch, handle } = this.#looking;
    handle.remove();
    this.#looking = null;
    const observation = {
      step,
      epoch: batch.epoch,
      endsEpoch: batch.endsEpoch,
      loss,
      accuracy: accuracyOf(output, batch.targets),
      layers: watch.layers(),
    };
    for (const [name, rules] of this.#rules) {
      const first = this.#first.get(name) as Map<string, Firing>;
      for (const firing of rules.observe(observation))
        if (!first.has(firing.rule)) first.set(firing.rule, firing);
    }
  }

  /** The first firing of each rule, by the tool's name. */
  firings(): Record<string, Firing[]> {
    return Object.fromEntries([...this.#first].map(([name, first]) => [name, [...first.values()]]));
  }

  /** Looks no further. */
  stop(): void {
    this.#looking?.handle.remove();
  }
}
