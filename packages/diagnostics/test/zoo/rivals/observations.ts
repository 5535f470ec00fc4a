import type { LayerObservation, Observation, Rival } from "../../../zoo/observation.ts";

/** Numbers around 0 of this size, the same each time and no two alike. */
export const spread = (length: number, size: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => (k % 2 === 0 ? 1 : -1) * size * (1 + k / (10 * length)));

/** A layer of four units that nobody finds fault with, seen with ten examples. */
export const layer = (changed: Partial<LayerObservation> = {}): LayerObservation => ({
  place: "layer",
  activation: "relu",
  units: 4,
  weight: spread(16, 0.5),
  gradient: spread(16, 0.01),
  update: spread(16, 0.005),
  preActivations: spread(40, 1),
  outputs: spread(40, 1).map((x) => Math.max(0, x)),
  ...changed,
});

/** Steps of epochs of two batches, the loss falling and the accuracy rising. */
export const observation = (step: number, changed: Partial<Observation> = {}): Observation => ({
  step,
  epoch: Math.floor(step / 2),
  endsEpoch: step % 2 === 1,
  loss: 1 / (step + 1),
  accuracy: 1 - 0.5 / (step + 1),
  layers: [layer({ place: "first" }), layer({ place: "last", activation: null })],
  ...changed,
});

/** With this layer in the middle. */
export const withLayer = (changed: Partial<LayerObservation>): Partial<Observation> => ({
  layers: [layer({ place: "first" }), layer({ place: "middle", ...changed }), layer({ place: "last" })],
});

/** What fires, as `rule@step`, in a run of some epochs of two steps each, told of each step or of one in so many. */
export function firings(
  rival: Rival,
  epochs: number,
  at: (step: number) => Partial<Observation> = () => ({}),
  toldEach = 1,
): string[] {
  const rules = rival.begin(epochs);
  return Array.from({ length: (2 * epochs) / toldEach }, (_, k) => toldEach * k).flatMap((step) =>
    rules.observe(observation(step, at(step))).map((firing) => `${firing.rule}@${firing.step}`),
  );
}

/** The rules that fire, each once. */
export const rulesOf = (fired: readonly string[]): string[] => [
  ...new Set(fired.map((each) => each.split("@")[0])),
];
