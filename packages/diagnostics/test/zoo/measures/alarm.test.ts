import { expect, it } from "vitest";
import { firstAlarm, isograd, rivalNames, rivalTool } from "../../../zoo/measures/alarm.ts";
import { median } from "../../../zoo/measures/median.ts";
import { finding, run } from "../runs.ts";

it("takes the first alarm for ours, and warnings for none", () => {
  const warned = run({ ours: [finding({ severity: "warning" }), finding({ severity: "info" })] });
  expect(firstAlarm(warned)).toBeNull();
  expect(isograd.alarmStep(warned)).toBeNull();
  const ours = [
    finding({ severity: "warning", step: 0 }),
    finding({ step: 9, detector: "late" }),
    finding({ step: 3, detector: "first" }),
    finding({ step: 3, detector: "second" }),
  ];
  expect(firstAlarm(run({ ours }))?.detector).toBe("first");
  expect(isograd.alarmStep(run({ ours }))).toBe(3);
});

it("takes any firing for a rival's", () => {
  const seen = run({
    rivals: {
      loud: [
        { rule: "a", step: 5 },
        { rule: "b", step: 2 },
      ],
      quiet: [],
    },
  });
  expect(["loud", "quiet", "absent"].map((name) => rivalTool(name).alarmStep(seen))).toEqual([2, null, null]);
  expect(rivalNames([run(), seen, run({ rivals: { quiet: [], other: [] } })])).toEqual([
    "loud",
    "quiet",
    "other",
  ]);
});

it("finds the middle", () => {
  expect([[], [3], [9, 1, 2], [4, 1, 3, 2]].map(median)).toEqual([null, 3, 2, 2.5]);
});
