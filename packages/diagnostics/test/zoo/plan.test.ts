import { describe, expect, it } from "vitest";
import { families } from "../../zoo/families/index.ts";
import { planLitters, seedOf, type Wish } from "../../zoo/plan.ts";

const wish: Wish = { set: "tuning", family: "", healthy: 100, faulty: 40, repairs: false };

describe("the litters", () => {
  it("are of all families, each seed once", () => {
    const plans = planLitters(wish);
    expect(new Set(plans.map(({ family }) => family))).toEqual(new Set(families.map(({ name }) => name)));
    expect(new Set(plans.map(seedOf)).size).toBe(plans.length);
  });

  it("have twice as many faults as faulty runs are asked for", () => {
    expect(planLitters(wish).reduce((sum, { faults }) => sum + faults, 0)).toBe(80);
  });

  it("are those of the families that are named", () => {
    const named = planLitters({ ...wish, family: "blob" });
    expect(new Set(named.map(({ family }) => family))).toEqual(new Set(["blob"]));
    expect(named.length).toBeGreaterThan(20);
  });

  it("of one set have no seed of another's", () => {
    const [tuning, calibration, published] = (["tuning", "calibration", "published"] as const).map(
      (set) => new Set(planLitters({ ...wish, set, healthy: 2000 }).map(seedOf)),
    );
    expect(tuning.size).toBeGreaterThan(500);
    expect(disjoint(tuning, calibration)).toBe(true);
    expect(disjoint(tuning, published) && disjoint(calibration, published)).toBe(true);
  });
});

const disjoint = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].every((each) => !b.has(each));
