import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { type Change, Monitor } from "../../../src/watch/norms/monitor.ts";

const places = ["a", "b", "c", "d", "e"];

interface Run {
  readonly steps: number;
  /** log of a factor on all layers, or on one. */
  readonly all?: (step: number) => number;
  readonly one?: (step: number) => number;
  /** Which one; default the second. */
  readonly which?: number;
  /** log of the loss. */
  readonly loss?: (step: number) => number;
  readonly layers?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** What a monitor says of layers whose gradients vary by themselves, the second of which goes its own way. */
function changesOf(run: Run): { step: number; change: Change }[] {
  const {
    steps,
    all = () => 0,
    one = () => 0,
    loss = () => 0,
    layers = 5,
    noise = 0.2,
    seed = 1,
    which = 1,
  } = run;
  const generator = new Generator(seed);
  const monitor = new Monitor();
  const names = places.slice(0, layers);
  return Array.from({ length: steps }, (_, step) => {
    const norms = names.map((_, k) =>
      Math.exp(all(step) + (k === which ? one(step) : 0) - k + noise * generator.normal()),
    );
    const total = Math.log(Math.hypot(...norms));
    return monitor
      .next({ total, loss: loss(step), places: names, norms })
      .map((change) => ({ step, change }));
  }).flat();
}

const summary = (found: { step: number; change: Change }[]) =>
  found.map(({ step, change: { kind, place } }) => [step, kind, place]);

const at = (from: number, to: number, value: number) => (step: number) =>
  step >= from && step < to ? value : 0;

describe("a layer", () => {
  it("that spikes is found at its second step, with how far it was expected", () => {
    const found = changesOf({ steps: 120, one: at(60, 62, Math.log(1e4)) });
    expect(summary(found)).toEqual([
      [61, "spike", null],
      [61, "spike", "b"],
    ]);
    const [, { step, change }] = found;
    expect([step, change.kind, change.place, change.direction]).toEqual([61, "spike", "b", "up"]);
    // Second of five whose norms fall by e from one to the next: e above the median.
    expect(change.expected).toBeCloseTo(1, 0);
    expect(change.pValue).toBeLessThan(1e-6);
  });

  it("that collapses is found though the gradient of all hardly changes", () => {
    expect(summary(changesOf({ steps: 120, one: at(60, 1e9, -Math.log(1e4)) }))).toEqual([
      [61, "collapse", "b"],
    ]);
  });

  it("that drifts away is found, though no step betrays it", () => {
    const found = changesOf({ steps: 400, one: (step) => -0.05 * step });
    expect(summary(found)[0]).toEqual([255, "drift", "b"]);
  });

  it("must drift by a factor of 1000, e of which the median takes, and by more than its first window wanders", () => {
    const ramp = (depth: number) => (step: number) => -depth * Math.min(1, Math.max(0, (step - 64) / 150));
    expect(changesOf({ steps: 400, noise: 0.02, one: ramp(Math.log(1000) + 0.8) })).toEqual([]);
    expect(summary(changesOf({ steps: 400, noise: 0.02, one: ramp(Math.log(1000) + 1.3) }))[0]).toEqual([
      255,
      "drift",
      "b",
    ]);
    const wandering = (step: number) => (step < 64 ? 6 * Math.sin(step) : 13);
    expect(
      changesOf({ steps: 300, noise: 0.02, one: wandering }).filter(({ change }) => change.place !== null),
    ).toEqual([]);
  });

  it("is left alone at a single outlier, at a factor below 100, and below 1000 over time", () => {
    expect(changesOf({ steps: 120, one: at(60, 61, 20) })).toEqual([]);
    expect(changesOf({ steps: 120, one: at(60, 1e9, -Math.log(200)), noise: 0.02 })).toEqual([]);
    // The median moves to the next layer: of the fall e is common to all.
    expect(changesOf({ steps: 120, one: at(60, 1e9, -Math.log(350)), noise: 0.02 })).toHaveLength(1);
    expect(changesOf({ steps: 600, one: (step) => -0.01 * step })).toEqual([]);
  });

  it("without any gradient for eight steps, that had one, is found; one that never had any is not", () => {
    const nothing = Number.NEGATIVE_INFINITY;
    expect(summary(changesOf({ steps: 60, one: at(40, 1e9, nothing) }))).toEqual([[47, "collapse", "b"]]);
    expect(changesOf({ steps: 60, one: at(40, 47, nothing) })).toEqual([]);
    expect(changesOf({ steps: 60, one: () => nothing })).toEqual([]);
  });

  it("without any gradient may be any of them", () => {
    const one = at(40, 1e9, Number.NEGATIVE_INFINITY);
    expect(summary(changesOf({ steps: 60, which: 0, one }))).toEqual([[47, "collapse", "a"]]);
    expect(summary(changesOf({ steps: 60, which: 4, one }))).toEqual([[47, "collapse", "e"]]);
  });

  it("of an even number is compared with the middle of two", () => {
    const [{ change }] = changesOf({ steps: 120, layers: 4, noise: 0.02, one: at(60, 62, -Math.log(1e4)) });
    expect(change.expected).toBeCloseTo(0.5, 1);
  });

  it("has no others to be compared with where there are two", () => {
    expect(
      changesOf({ steps: 120, layers: 2, one: at(60, 62, Math.log(1e4)) }).map(({ change }) => change.place),
    ).toEqual([null]);
    expect(changesOf({ steps: 120, layers: 2, one: at(60, 62, -Math.log(1e4)) })).toEqual([]);
    expect(changesOf({ steps: 120, layers: 3, one: at(60, 62, -Math.log(1e4)) })).toHaveLength(1);
  });
});

describe("what all layers have in common", () => {
  it("is no layer's: schedules, and a factor of 10⁶ either way", () => {
    for (const all of [
      (step: number) => 4 * Math.cos(step / 40),
      (step: number) => -2.3 * Math.floor(step / 100),
      (step: number) => -0.05 * step,
    ])
      expect(changesOf({ steps: 400, all })).toEqual([]);
    for (const factor of [1e-6, 1e6])
      expect(
        summary(changesOf({ steps: 120, all: () => Math.log(factor), one: at(60, 62, Math.log(1e4)) })),
      ).toEqual(summary(changesOf({ steps: 120, one: at(60, 62, Math.log(1e4)) })));
  });

  it("is found where it jumps or goes", () => {
    expect(summary(changesOf({ steps: 120, all: at(60, 62, 7) }))).toEqual([[61, "spike", null]]);
    expect(summary(changesOf({ steps: 120, all: at(60, 1e9, -7) }))).toEqual([[61, "collapse", null]]);
  });

  it("may go with the loss: by its factor, or that of its root; but not with less", () => {
    const falls = (share: number) =>
      changesOf({ steps: 120, all: at(60, 1e9, -7), loss: (step) => 5 + at(60, 1e9, -7 * share)(step) });
    expect(falls(1)).toEqual([]);
    expect(falls(0.6)).toEqual([]);
    expect(falls(0.4)).toHaveLength(1);
    // A loss that fell long before explains nothing.
    expect(changesOf({ steps: 120, all: at(60, 1e9, -7), loss: at(0, 20, 20) })).toHaveLength(1);
    // What goes up does not go with a loss that goes up.
    expect(changesOf({ steps: 120, all: at(60, 62, 7), loss: at(60, 62, 7) })).toHaveLength(1);
  });

  it("is judged as before where the loss has no log", () => {
    expect(changesOf({ steps: 120, all: at(60, 1e9, -7), loss: () => Number.NaN })).toHaveLength(1);
  });
});

it("is silent over many healthy runs", () => {
  const alarms = Array.from({ length: 100 }, (_, seed) =>
    changesOf({ steps: 300, seed, noise: 0.8, all: (step) => -2 * Math.log(step + 1) }),
  );
  expect(alarms.flat()).toEqual([]);
});
