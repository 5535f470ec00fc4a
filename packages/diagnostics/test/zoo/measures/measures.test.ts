import { expect, it } from "vitest";
import { measure, measureBy } from "../../../zoo/measures/measures.ts";
import { faulty, finding, repair, run } from "../runs.ts";

const fired = { rivals: { other: [{ rule: "a", step: 7 }] } };
const runs = [
  run({ alarmedAt: [{ alpha: 0.001, alarmed: false }], ...fired }),
  run({ family: "narrow", alarmedAt: [{ alpha: 0.001, alarmed: false }] }),
  faulty({
    ours: [finding()],
    alarmedAt: [{ alpha: 0.001, alarmed: true }],
    rightCauses: ["weights"],
    repair: repair(),
    ...fired,
  }),
  faulty({ group: "rate", seconds: { training: 4, examination: 0.5 } }),
];

it("puts all together", () => {
  const measures = measure(runs);
  expect(measures).toMatchObject({
    runs: { healthy: 2, odd: 0, faulty: 2, weakened: 0, tolerated: 0, unlucky: 0 },
    ours: { recall: { asked: { count: 1, of: 2 } }, area: 0.75 },
    causes: { ofFound: { count: 1, of: 1 } },
    repairs: { repaired: { count: 1, of: 1 } },
    curve: [{ alpha: 0.001, falseAlarms: 0, recall: 0.5 }],
    rivals: { other: { falseAlarms: { healthy: { count: 1, of: 2 } }, area: 0.5 } },
  });
  expect(measures.seconds.training).toBeCloseTo(3 * 2 + 4, 12);
  expect(measures.seconds.examination).toBeCloseTo(3 * 0.1 + 0.5, 12);
});

it("measures groups by themselves", () => {
  const byGroup = measureBy(runs, ({ group }) => group);
  expect(
    Object.entries(byGroup).map(([name, { runs, ours }]) => [name, runs.faulty, ours.recall.asked.count]),
  ).toEqual([
    ["gradient", 1, 1],
    ["rate", 1, 0],
  ]);
  expect(Object.keys(measureBy(runs, ({ family }) => family))).toEqual(["wide", "narrow"]);
});
