import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Family } from "../../zoo/families/family.ts";
import { families } from "../../zoo/families/index.ts";
import { faults } from "../../zoo/faults/index.ts";
import { oddities } from "../../zoo/oddities/index.ts";
import { changes, type Setting } from "../../zoo/setting.ts";

const members = families.flatMap((family) =>
  family.grid(new Generator("faults")).map(({ setting }) => ({ family, setting })),
);

/** What comes of each member that has a place for it. */
const made = (make: (setting: Setting, family: Family) => Setting | null) =>
  members.flatMap(({ family, setting }) => {
    const after = make(setting, family);
    return after === null ? [] : [{ before: setting, after }];
  });

describe.each(faults)("$name", ({ inject }) => {
  const spoilt = made((setting, family) => inject(setting, new Generator("fault"), family));

  it("has a place in some networks, and changes each", () => {
    expect(spoilt.length).toBeGreaterThan(0);
    for (const { before, after } of spoilt) expect(changes(before, after)).not.toBe("");
  });

  it("is the same for the same seed", () => {
    const again = made((setting, family) => inject(setting, new Generator("fault"), family));
    expect(again).toEqual(spoilt);
  });
});

describe.each(oddities)("$name", ({ change }) => {
  it("has a place in some networks, and changes each", () => {
    const changed = made(change);
    expect(changed.length).toBeGreaterThan(0);
    for (const { before, after } of changed) expect(changes(before, after)).not.toBe("");
  });
});

it("a factor on the loss leaves the product with the learning rate as it was", () => {
  const scaled = oddities.filter(({ name }) => name.startsWith("loss x"));
  expect(scaled.length).toBe(2);
  for (const { change } of scaled)
    for (const { before, after } of made(change))
      expect(after.lossFactor * after.learningRate).toBeCloseTo(before.learningRate, 12);
});

it("the severity of a fault is drawn", () => {
  const rate = faults.find(({ name }) => name === "learning rate too large");
  const { family, setting } = members[0];
  const factors = Array.from({ length: 40 }, (_, k) => {
    const after = rate?.inject(setting, new Generator(k), family) as Setting;
    return after.learningRate / setting.learningRate;
  });
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(10);
  expect(Math.min(...factors)).toBeLessThan(15);
  expect(Math.max(...factors)).toBeLessThanOrEqual(100);
  expect(Math.max(...factors)).toBeGreaterThan(70);
});
