import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { sampleInTurns } from "../../src/advise/stochastic.ts";
import { enter, type Racer, racer } from "./racers.ts";

const six = (): Racer[] => [0.9, 0.2, 0.8, 0.6, 0.7, 0.5].map((end) => racer(`to ${end}`, end, 60));
const full = 6 * 2 * 160;
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
  const { ranking } = sampleInTurns(contestants, { ...optionsOf(3), confidence: 2, budget: full });
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
