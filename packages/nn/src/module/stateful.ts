/**
 * Something whose further course depends on plain data, which can be read and be put back by assigning it: what `packState` takes.
 *
 * Optimizers, schedules, early stopping, averages of weights, generators and sources of batches are such. What was read may go on changing: `packState` and
 * `structuredClone` copy it.
 */
export interface Stateful<State = unknown> {
  state: State;
}
