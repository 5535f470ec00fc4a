import { Generator } from "@isograd/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spentAt } from "../../../src/error-rate.ts";
import { Sequence, type Surprise } from "../../../src/watch/norms/sequence.ts";

type Draw = (step: number) => number;

const [factor, alpha] = [Math.log(100), 0.001];

/** The steps at which a sequence surprises, and how. */
function surprises(draw: Draw, steps: number): { step: number; surprise: Surprise }[] {
  const sequence = new Sequence({ relevant: factor });
  return Array.from({ length: steps }, (_, step) => {
    const value = draw(step);
    const compared = sequence.compare(value);
    const counts = compared !== null && compared.pValue < spentAt(alpha, step + 1);
    return { step, surprise: sequence.take(value, counts ? compared : null, alpha) };
  }).flatMap(({ step, surprise }) => (surprise === null ? [] : [{ step, surprise }]));
}

/** Student's t with three degrees of freedom: its tails are heavy. */
const heavy = (g: Generator): number =>
  g.normal() / Math.sqrt((g.normal() ** 2 + g.normal() ** 2 + g.normal() ** 2) / 3);

function walk(step: () => number): Draw {
  let position = 0;
  return () => {
    position += step();
    return position;
  };
}

const healthy: Record<string, (g: Generator) => Draw> = {
  "without change": (g) => () => 0.5 * g.normal(),
  "with heavy tails": (g) => () => 0.5 * heavy(g),
  "that wanders": (g) => walk(() => 0.3 * g.normal()),
  "that falls slowly": (g) => (t) => -0.01 * t + 0.2 * g.normal(),
  "that falls fast": (g) => (t) => -0.5 * t + 0.2 * g.normal(),
  "that falls as a power": (g) => (t) => -3 * Math.log(t + 1) + 0.2 * g.normal(),
  "that settles at once": (g) => (t) => Math.log(Math.exp(-0.5 * t) + 1e-5) + 0.05 * g.normal(),
  "of a plateau, then learning": (g) => (t) =>
    (t < 300 ? 0 : -Math.min(8, 0.3 * (t - 300))) + 0.1 * g.normal(),
  "under a step schedule": (g) => (t) => -2.3 * Math.floor(t / 200) + 0.2 * g.normal(),
  "under a cosine schedule": (g) => (t) => 4 * Math.cos((t / 800) * Math.PI * 4) + 0.2 * g.normal(),
  "under warm restarts": (g) => (t) => -3 * ((t % 200) / 200) + 0.2 * g.normal(),
  "under warm-up": (g) => (t) => 5 * Math.min(1, t / 50) + 0.2 * g.normal(),
  "of two losses in turn": (g) => (t) => (t % 2 === 0 ? 0 : 6) + 0.1 * g.normal(),
  "of two losses at random": (g) => () => (g.uniform() < 0.5 ? 0 : 6) + 0.1 * g.normal(),
};

describe("is silent over sequences", () => {
  it.each(Object.entries(healthy))("%s", (name, make) => {
    const alarms = Array.from({ length: 60 }, (_, k) => surprises(make(new Generator(`${name} ${k}`)), 800));
    expect(alarms.flat()).toEqual([]);
  });
});

it("gets used to a rare kind of batch, two of which now and then follow each other", () => {
  const alarms = Array.from({ length: 100 }, (_, k) => {
    const generator = new Generator(`rare ${k}`);
    return surprises(() => (generator.uniform() < 0.02 ? 6 : 0) + 0.1 * generator.normal(), 1000);
  });
  // In 100 · 1000 steps some forty pairs occur; those that come first of all cannot be told from a fault.
  expect(alarms.flat().length).toBeLessThan(8);
});

describe("fires", () => {
  const with_ =
    (change: Draw) =>
    (g: Generator): Draw =>
    (t) =>
      change(t) + 0.3 * g.normal();

  it("at the second step of a jump by a factor of 1000, whatever the unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), fc.nat(), (level, seed) => {
        const draw = with_((t) => level + (t >= 60 && t < 62 ? Math.log(1000) : 0))(new Generator(seed));
        const found = surprises(draw, 100);
        expect(found.map(({ step, surprise }) => [step, surprise.direction])).toEqual([[61, "up"]]);
        expect(Math.abs(found[0].surprise.expected - level)).toBeLessThan(0.5);
      }),
      { numRuns: 50 },
    );
  });

  it("at the second step of a fall by as much", () => {
    const found = surprises(with_((t) => (t >= 60 ? -Math.log(1000) : 0))(new Generator("fall")), 200);
    expect(found.map(({ step, surprise }) => [step, surprise.direction])).toEqual([[61, "down"]]);
  });

  it("not at a single outlier, however far out, nor at two on either side", () => {
    expect(surprises(with_((t) => (t === 60 ? 1e6 : 0))(new Generator("one")), 200)).toEqual([]);
    expect(surprises(with_((t) => [1e6, -1e6][t - 60] ?? 0)(new Generator("two")), 200)).toEqual([]);
  });

  it("not at what is certain and irrelevant: a factor of 90", () => {
    expect(surprises((t) => (t < 60 ? 1e-3 * (t % 3) : Math.log(90)), 100)).toEqual([]);
    expect(surprises((t) => (t < 60 ? 1e-3 * (t % 3) : Math.log(111)), 100)).toHaveLength(1);
  });

  it("at two zeros in a row, even before there is a window", () => {
    const zero = Number.NEGATIVE_INFINITY;
    const early = surprises((t) => (t >= 1 ? zero : 0), 3);
    expect(early).toEqual([{ step: 2, surprise: { direction: "down", expected: Number.NaN, pValue: 0 } }]);
    const late = surprises((t) => (t >= 50 ? zero : 2), 60);
    expect(late[0]).toEqual({ step: 51, surprise: { direction: "down", expected: 2, pValue: 0 } });
    expect(surprises((t) => (t === 50 ? zero : 2), 200)).toEqual([]);
  });

  it("at more in a row where one came to nothing before: four after a hundred steps, three after four hundred", () => {
    const run = (from: number, length: number) =>
      surprises((t) => (t === 60 || (t >= from && t < from + length) ? 9 : 1e-3 * (t % 3)), from + 10).map(
        ({ step }) => step,
      );
    expect([run(100, 3), run(100, 4)]).toEqual([[], [103]]);
    expect([run(400, 2), run(400, 3)]).toEqual([[], [402]]);
  });

  it("from sixteen values on, and knows the last 32", () => {
    const jump = (from: number) => surprises((t) => (t < from ? 1e-3 * (t % 3) : 5), from + 2).length;
    expect([jump(15), jump(16)]).toEqual([0, 1]);
    // What varied long before does not count.
    const calmed = (calm: number) =>
      surprises((t) => (t < 20 ? 3 * (-1) ** t : t < 20 + calm ? 1e-3 * (t % 3) : 5), 22 + calm).length;
    expect([calmed(20), calmed(32)]).toEqual([0, 1]);
  });

  it("again, once it has settled at a new level", () => {
    const draw = with_((t) => Math.log(1000) * Math.floor(t / 100))(new Generator("stairs"));
    expect(surprises(draw, 350).map(({ step }) => step)).toEqual([101, 201, 301]);
  });
});
