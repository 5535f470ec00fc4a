import { expect, it } from "vitest";
import { repairs } from "../../../zoo/measures/repairs.ts";
import { faulty, finding, repair, run } from "../runs.ts";

it("counts what was tried, and what was not, of faults that are asked for", () => {
  const failed = repair({ repaired: false, retrainings: 9, timeFactor: 12 });
  const found = { ours: [finding()] };
  const runs = [
    faulty({ ...found, repair: repair() }),
    faulty({ ...found, repair: repair({ retrainings: 2, timeFactor: 2.5, symptomGone: false }) }),
    faulty({ ...found, repair: repair({ retrainings: 3 }) }),
    faulty({ ...found, repair: failed }),
    faulty({ repair: failed }),
    faulty({ ...found, repair: failed, group: "data" }),
    run({ label: "tolerated", group: "gradient", repair: failed }),
  ];
  expect(repairs(runs)).toMatchObject({
    repaired: { count: 3, of: 4 },
    repairedOfAll: { count: 3, of: 5 },
    symptomGone: { count: 3, of: 4 },
    medianRetrainings: 2,
    medianTimeFactor: 2,
    worstTimeFactor: 12,
  });
});

it("knows nothing of none", () => {
  expect(repairs([run()])).toMatchObject({
    repaired: { share: null },
    medianRetrainings: null,
    medianTimeFactor: null,
    worstTimeFactor: null,
  });
});
