import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { sampleInTurns } from "../../src/advise/stochastic.ts";
import { enter, type Racer, racer } from "./racers.ts";

const six = (): Racer[] => [0.9, 0.2, 0.8, 0.6, 0.7, 0.5].map((end) => racer(`to ${end}`, end, 60));
const full = 6 * 2 * 160;
/** More than all of 256 draws can make. */
const never = 1 + 1 / 512;
const optionsOf = (seed: number) => ({ steps: 160, confidence: 0.95, generator: new Generator(seed) });

it("finds the best, and gives it more turns than the worst", () => {
  let found = 0;
  for (let seed = 0; seed < 5; seed++) {
    const { contestants, meter } = enter(six());
    const { ranking } = sampleInTurns(contestants, { ...optionsOf(seed), budget: full / 3 });
    if (ranking[0].candidate.name === "to 0.2") found++;
    expect(meter.steps).toBeLessThanOrEqual(full / 3);
    expect(ranking[0].steps).toBeGreaterThanOrEqual(ranking[5].steps);
  }
  expect(found).toBe(5);
});

it("ends when it is sure, and goes on when it is not", () => {
  const clear = enter([
    racer("good", 0.1),
    ...["a", "b", "c"].map((name): Racer => ({ name, curve: () => 2 })),
  ]);
  const sure = sampleInTurns(clear.contestants, { ...optionsOf(1), budget: full });
  expect(sure.ending).toMatch(/best with the chance/);
  expect(clear.meter.steps).toBeLessThan(full / 4);
  const wavering = (name: string, phase: number): Racer => ({
    name,
    curve: (steps) => 1 + 0.3 * Math.sin(steps / 15 + phase),
  });
  const even = enter([wavering("a", 0), wavering("b", 2), wavering("c", 4)]);
  const unsure = sampleInTurns(even.contestants, { ...optionsOf(1), budget: full / 12 });
  expect(unsure.ending).toBe("the budget is spent");
});

it("compares those that are at different places of their way", () => {
  // The slow one has come less far after as many steps, but what the other gains in its later ones is not much.
  const { contestants } = enter([racer("fast", 0.5, 10), racer("middle", 0.6, 10), racer("late", 0.55, 10)]);
  const { ranking } = sampleInTurns(contestants, { ...optionsOf(3), confidence: never, budget: full });
  expect(ranking.map(({ candidate }) => candidate.name)).toEqual(["fast", "late", "middle"]);
});

it("puts what breaks, and what the budget does not reach, last", () => {
  const breaking: Racer = { name: "breaks", curve: () => Number.NaN };
  const { ranking } = sampleInTurns(enter([breaking, ...six()]).contestants, {
    ...optionsOf(0),
    budget: full / 3,
  });
  expect(ranking.at(-1)?.reasons).toEqual(["its loss is not finite after 1 steps"]);
  const short = sampleInTurns(enter(six()).contestants, { ...optionsOf(0), budget: 60 });
  expect(short.ranking.at(-1)?.reasons).toEqual(["the budget did not reach it"]);
});

it("adds what the others gained to who stayed behind", () => {
  const falling = (name: string, above: number): Racer => ({
    name,
    curve: (steps) => above + Math.exp(-steps / 40),
  });
  const { contestants } = enter([falling("low", 0), falling("high", 0.5)]);
  const { ranking } = sampleInTurns(contestants, { ...optionsOf(2), confidence: never, budget: 400 });
  expect(contestants[0].length).not.toBe(contestants[1].length);
  expect(ranking[0].score - ranking[1].score).toBeCloseTo(0.5, 10);
});

it("takes for its doubt how far behind the better half began, and has none at the end", () => {
  const steady = [1, 1.3, 2, 5].map((end): Racer => ({ name: `at ${end}`, curve: () => end }));
  const doubt = (budget: number): (string | undefined)[] => {
    const { contestants } = enter(steady);
    const { ranking } = sampleInTurns(contestants, { ...optionsOf(0), confidence: never, budget });
    return ranking.map(({ reasons }) => /expected to stand (\S+) from/.exec(reasons[0])?.[1]);
  };
  // Of four, 1.3 and 2 are compared with 1: √((0.3² + 1²)/2).
  expect(doubt(4 * 2 * 10)).toEqual(["0.738", "0.738", "0.738", "0.738"]);
  expect(doubt(4 * 2 * 160)).toEqual(["0", "0", "0", "0"]);
});

it("takes turns of a sixteenth of a training, of one step at least, and never more than it is told", () => {
  const of = (steps: number, budget: number): number[] => {
    const { contestants } = enter([racer("a", 0.2), racer("b", 0.5)]);
    const options = { steps, budget, confidence: never, generator: new Generator(4) };
    sampleInTurns(contestants, options);
    return contestants.map(({ length }) => length).sort((a, b) => b - a);
  };
  expect(of(160, 2 * 2 * 10)).toEqual([10, 10]);
  expect(of(160, 2 * 2 * 10 + 15)).toEqual([10, 10]);
  expect(of(160, 2 * 2 * 10 - 5)).toEqual([10, 0]);
  expect(of(8, 2 * 2)).toEqual([1, 1]);
  expect(of(40, 1e9)).toEqual([40, 40]);
});

it("does not let what breaks change what it holds of the others", () => {
  const others = [racer("a", 0.2), racer("b", 0.5)];
  const breaking = ["x", "y"].map((name): Racer => ({ name, curve: () => Number.NaN }));
  const of = (racers: Racer[]) =>
    sampleInTurns(enter(racers).contestants, {
      ...optionsOf(0),
      confidence: never,
      budget: 20 * racers.length,
    }).ranking;
  const told = of([...others, ...breaking]).slice(0, 2);
  expect(told).toMatchObject(of(others).map(({ score, reasons }) => ({ score, reasons })));
});

it("is as sure as can be where nothing else was ever drawn, and never where nothing is left", () => {
  const steady = [1, 1.5].map((end): Racer => ({ name: `at ${end}`, curve: () => end }));
  const { contestants, meter } = enter(steady);
  const certain = sampleInTurns(contestants, { ...optionsOf(0), confidence: 1, budget: full });
  expect(certain.ending).toMatch(/best with the chance/);
  expect(meter.steps).toBeLessThan(2 * 2 * 160);
  const breaking = ["x", "y"].map((name): Racer => ({ name, curve: () => Number.NaN }));
  for (const [racers, budget] of [
    [breaking, full],
    [steady, 0],
  ] as const) {
    const { ending } = sampleInTurns(enter(racers).contestants, { ...optionsOf(0), budget });
    expect(ending).toBe("the budget is spent");
  }
});
