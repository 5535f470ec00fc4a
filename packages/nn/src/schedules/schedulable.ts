/** What schedules act on: an optimizer, as far as its rates go. */
export interface Schedulable {
  learningRate: number;
  /** Where there is more than one: those of groups, say. */
  learningRates?: readonly number[];
  /** Where momentum can be set: as many as there are rates, or those that there are. */
  momentums?: readonly number[];
}

export const learningRatesOf = ({ learningRate, learningRates }: Schedulable): readonly number[] =>
  learningRates ?? [learningRate];

export function setLearningRates(optimizer: Schedulable, rates: readonly number[]): void {
  if (optimizer.learningRates === undefined) [optimizer.learningRate] = rates;
  else optimizer.learningRates = rates;
}
