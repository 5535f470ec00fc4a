import { expect, it } from "vitest";
import { compete } from "../../src/advise/competition.ts";
import { enter, type Racer, racer } from "./racers.ts";

const eight = (): Racer[] => [0.9, 0.2, 0.8, 0.6, 0.7, 0.5, 0.4, 0.3].map((end) => racer(`to ${end}`, end));
const options = { steps: 160, alpha: 0.01 };
const namesOf = (verdict: ReturnType<typeof compete>): string[] =>
  verdict.ranking.map(({ candidate }) => candidate.name);

it("finds the best, and keeps the order of those that left late", () => {
  const { contestants, meter } = enter(eight());
  const budget = (8 * 2 * options.steps) / 4;
  const verdict = compete(contestants, { ...options, budget });
  expect(namesOf(verdict).slice(0, 2)).toEqual(["to 0.2", "to 0.3"]);
  expect(namesOf(verdict).slice(4).sort()).toEqual(["to 0.6", "to 0.7", "to 0.8", "to 0.9"]);
  expect(verdict.ranking).toHaveLength(8);
  expect(meter.steps).toBeLessThanOrEqual(budget);
  expect(verdict.ranking.reduce((sum, { steps }) => sum + steps, 0)).toBe(meter.steps);
  expect(verdict.ending).toBe("one candidate is left");
});

it("sends a clear loser away before the end of a round, and one that is as good not", () => {
  const { contestants } = enter([
    { name: "slow", curve: () => 2 },
    racer("a", 0.2),
    racer("b", 0.2),
    racer("c", 0.2),
  ]);
  const verdict = compete(contestants, { ...options, budget: 4 * 2 * options.steps });
  const [first, , , last] = verdict.ranking;
  expect(last.candidate.name).toBe("slow");
  // At the first of four looks at a round of 80.
  expect(last.steps).toBe(2 * 20);
  expect(first.steps).toBe(2 * 160);
  expect(last.reasons.join()).toMatch(/on the same batches its loss lay 0\.\d+ to 0\.\d+ above/);
  // Without doubt there is none who leaves early.
  const undecided = compete(enter([racer("a", 0.2), racer("b", 0.2)]).contestants, {
    ...options,
    budget: 320,
  });
  expect(undecided.ranking.map((each) => each.steps)).toEqual([160, 160]);
});

it("sends the worse half away at the end of a round, by what was held out", () => {
  const { contestants } = enter([0.5, 0.2, 0.4, 0.3].map((end) => racer(`to ${end}`, end, 5)));
  // Rounds of four and eight steps: too few for a doubt to be beyond.
  const verdict = compete(contestants, { ...options, budget: 2 * 4 * 2 * 4 });
  expect(namesOf(verdict)).toEqual(["to 0.2", "to 0.3", "to 0.4", "to 0.5"]);
  expect(verdict.ranking.map((each) => each.steps)).toEqual([2 * 12, 2 * 12, 2 * 4, 2 * 4]);
  expect(verdict.ranking.map(({ reasons }) => /to the end$/.test(reasons[0]))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it("waits for one that is behind and comes closer", () => {
  const late: Racer = { name: "late", curve: (steps) => 3 - steps / 50 };
  const steady: Racer = { name: "steady", curve: () => 0.6 };
  const { ranking } = compete(enter([steady, late]).contestants, { ...options, budget: 2 * 2 * 160 });
  expect(ranking[0].candidate.name).toBe("late");
});

it("gives what clear cases leave to the rounds to come", () => {
  const slow = ["e", "f", "g", "h"].map((name): Racer => ({ name, curve: () => 2 }));
  const { contestants, meter } = enter([...["a", "b", "c", "d"].map((name) => racer(name, 0.2)), ...slow]);
  compete(contestants, { ...options, budget: 400 });
  expect(meter.steps).toBeGreaterThan(0.9 * 400);
  expect(meter.steps).toBeLessThanOrEqual(400);
});

it("needs no more than it is told, however little that is", () => {
  const { contestants, meter } = enter(eight());
  compete(contestants, { ...options, budget: 50 });
  expect(meter.steps).toBeLessThanOrEqual(50);
});

it("puts what breaks behind all others", () => {
  const breaking: Racer = { name: "breaks", curve: (steps) => (steps > 3 ? Number.NaN : 0) };
  const verdict = compete(enter([breaking, ...eight()]).contestants, { ...options, budget: 800 });
  const last = verdict.ranking.at(-1);
  expect(last?.candidate.name).toBe("breaks");
  expect(last?.score).toBe(-Infinity);
  expect(last?.reasons).toEqual(["its loss is not finite after 5 steps"]);
});

it("has nothing to find out about one candidate alone", () => {
  const { contestants, meter } = enter([racer("alone", 0.2)]);
  expect(compete(contestants, { ...options, budget: 100 }).ranking[0].score).toBe(-2);
  expect(meter.steps).toBe(0);
});
