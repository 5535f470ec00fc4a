import { ArgumentError, type Tensor } from "@isograd/autograd";
import { hasState, type Source } from "../data/source.ts";
import { isModule } from "../module/holdings.ts";
import type { AnyModule } from "../module/module.ts";
import type { Stateful } from "../module/stateful.ts";
import { type CheckpointParts, captureCheckpoint, restoreCheckpoint } from "../saving/checkpoint.ts";
import type { CheckpointPart } from "../saving/checkpoint-part.ts";
import type { CheckpointProgress, CheckpointStore } from "../saving/checkpoint-store.ts";
import type { Run } from "./run.ts";

export interface CheckpointOptions {
  /**
   * Where checkpoints are kept: with one there the run goes on from it, bit for bit, as if it had not been interrupted; with none it begins. They are
   * taken at their times, when the signal aborts and at the end; a run that has ended trains no further.
   */
  readonly checkpoints?: CheckpointStore;
  /**
   * What else the course of training depends on, by name, for checkpoints: what callbacks use, such as a plateau, an average of weights or a generator;
   * the tensors of a model that is a function.
   */
  readonly parts?: CheckpointParts;
}

/** Takes the checkpoints of a run when it is time. */
export class Checkpoints {
  #last = performance.now();
  readonly #store: CheckpointStore;
  readonly #parts: CheckpointParts;
  readonly #run: Run;

  private constructor(store: CheckpointStore, parts: CheckpointParts, run: Run) {
    this.#store = store;
    this.#parts = parts;
    this.#run = run;
  }

  /** Puts everything where the last checkpoint says; without one it stays as it is. */
  static async begin(store: CheckpointStore, parts: CheckpointParts, run: Run): Promise<Checkpoints> {
    checkTimes(store);
    const found = await store.load();
    if (found !== null) restoreCheckpoint(parts, found);
    return new Checkpoints(store, parts, run);
  }

  /** Whether it is time, after a step. */
  get isDue(): boolean {
    const { everySteps, everySeconds } = this.#store;
    if (everySteps !== undefined && this.#run.state.step % everySteps === 0) return true;
    return everySeconds !== undefined && performance.now() - this.#last >= 1000 * everySeconds;
  }

  /** Whether it is time, after the end of an epoch. */
  get isDueAtEpoch(): boolean {
    const { everyEpochs = 1 } = this.#store;
    return everyEpochs > 0 && this.#run.state.epoch % everyEpochs === 0;
  }

  async save(metrics: CheckpointProgress["metrics"] = null): Promise<void> {
    const { step, epoch } = this.#run.state;
    await this.#store.save(captureCheckpoint(this.#parts), { step, epoch, metrics });
    this.#last = performance.now();
  }
}

function checkTimes({ everySteps = 1, everySeconds = 0, everyEpochs = 1 }: CheckpointStore): void {
  if (!Number.isInteger(everySteps) || everySteps < 1)
    throw new ArgumentError("checkpoints", "expected everySteps to be a whole number from 1 on", everySteps);
  if (!(everySeconds >= 0))
    throw new ArgumentError("checkpoints", "expected everySeconds not to be negative", everySeconds);
  if (!Number.isInteger(everyEpochs) || everyEpochs < 0)
    throw new ArgumentError("checkpoints", "expected everyEpochs to be a whole number", everyEpochs);
}

/** What a run is made of, as far as it can be found. */
interface Ingredients extends CheckpointOptions {
  readonly model: unknown;
  readonly optimizer: object;
  readonly scheduler?: object;
  readonly data: Source<unknown>;
}

/**
 * Everything that the further course of a run depends on, by name.
 *
 * @param own what the loop around keeps
 */
export function partsOf(options: Ingredients, own: CheckpointParts): CheckpointParts {
  const { model, optimizer, scheduler, data, parts = {} } = options;
  const found: Record<string, CheckpointPart> = { ...own, optimizer: stateful("optimizer", optimizer) };
  if (isModule(model)) found.model = model as AnyModule;
  if (scheduler !== undefined) found.scheduler = stateful("scheduler", scheduler);
  if (hasState(data)) found.data = data as Stateful;
  const parameters = uncovered(optimizer, [found.model, ...Object.values(parts)]);
  if (parameters.length > 0) found.parameters = parameters;
  for (const [name, part] of Object.entries(parts)) {
    if (name in found)
      throw new ArgumentError(
        "train",
        `expected parts of other names than ${Object.keys(found).join(", ")}`,
        name,
      );
    found[name] = part;
  }
  return found;
}

/** What an optimizer trains that no part holds. */
function uncovered(optimizer: object, parts: readonly (CheckpointPart | undefined)[]): readonly Tensor[] {
  const covered = new Set<unknown>();
  for (const part of parts) {
    const members: readonly unknown[] = isModule(part)
      ? (part as AnyModule).parameters()
      : Array.isArray(part)
        ? part
        : [part];
    for (const member of members) covered.add(member);
  }
  const parameters = "parameters" in optimizer ? (optimizer.parameters as readonly Tensor[]) : [];
  return parameters.filter((parameter) => !covered.has(parameter));
}

function stateful(name: string, part: object): Stateful {
  if ("state" in part) return part as Stateful;
  throw new ArgumentError("train", `expected of ${name} a state, for checkpoints`, part);
}
