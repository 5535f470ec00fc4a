import { Generator } from "@isograd/autograd";
import { diagnose, type Finding } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { familyNamed } from "../../zoo/litter.ts";
import { repair } from "../../zoo/repair.ts";
import type { Setting } from "../../zoo/setting.ts";
import { type Trainee, traineeOf } from "../../zoo/trainee.ts";
import { objective } from "../../zoo/training/objective.ts";
import { modelOf, train, trainingBatches } from "../../zoo/training/train.ts";

const family = familyNamed("blob");
const generator = new Generator("repair-test");
const task = family.task(generator.fork("task"));
const [{ setting }] = family.grid(generator.fork("grid"));

function spoilt(change: Partial<Setting>): {
  readonly trainee: Trainee;
  readonly findings: readonly Finding[];
} {
  const trainee = traineeOf(
    family,
    task,
    "spoilt",
    { ...setting, depth: 4, width: 8, steps: 48, ...change },
    "t",
  );
  const batch = trainingBatches(trainee).next().value;
  const { findings } = diagnose(modelOf(trainee), batch, objective(trainee.setting, trainee.task));
  return { trainee, findings };
}

describe("a network that fails", () => {
  const weights = { law: "constant", scale: 0 } as const;
  const { trainee, findings } = spoilt({ weights });
  const before = train(trainee, modelOf(trainee)).score;
  const failure = { trainee, findings, score: before, seconds: 1 };

  it("is trained with remedies until the outcome is good", () => {
    const found = repair({ ...failure, isGood: (score) => score > before + 0.2 });
    expect(found.repaired).toBe(true);
    expect(found.symptomGone).toBe(true);
    expect(found.retrainings).toBe(found.applied.length);
    expect(found.score).toBeGreaterThan(before + 0.2);
    expect(found.passed).toBeLessThanOrEqual(found.tried);
    expect(found.timeFactor).toBeGreaterThan(0);
  });

  it("is given up after twice two retrainings, none with more in common than need be", () => {
    const { applied, repaired, retrainings } = repair({ ...failure, isGood: () => false });
    expect([repaired, retrainings]).toEqual([false, 4]);
    expect(new Set(applied).size).toBeGreaterThan(2);
    const parts = applied.slice(0, 2).flatMap((name) => name.split(", "));
    expect(new Set(parts).size).toBe(parts.length);
  });

  it("is left as it is where nothing was found", () => {
    expect(repair({ ...failure, findings: [], isGood: () => true })).toMatchObject({
      ...{
        tried: 0,
        passed: 0,
        applied: [],
        retrainings: 0,
        repaired: false,
        symptomGone: false,
        score: Number.NaN,
      },
    });
  });
});
