import type { Observation } from "../observation.ts";

/** Loss and accuracy of each epoch as Keras tells them: the means over its batches, as far as we are told of them. The tools that look once an epoch are told these. */
export class EpochMeans {
  readonly losses: number[] = [];
  readonly accuracies: number[] = [];
  #steps = 0;
  #loss = 0;
  #accuracy = 0;

  /** @returns whether this step ends an epoch, whose means then stand last */
  add({ loss, accuracy, endsEpoch }: Observation): boolean {
    this.#steps++;
    this.#loss += loss;
    this.#accuracy += accuracy;
    if (!endsEpoch) return false;
    this.losses.push(this.#loss / this.#steps);
    this.accuracies.push(this.#accuracy / this.#steps);
    this.#steps = this.#loss = this.#accuracy = 0;
    return true;
  }
}
