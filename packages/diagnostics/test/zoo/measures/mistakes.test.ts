import { expect, it } from "vitest";
import { falseAlarms, misses } from "../../../zoo/measures/mistakes.ts";
import { faulty, finding, run } from "../runs.ts";

it("lists alarms of healthy and of odd runs with what they say", () => {
  const loud = run({ seed: "1", ours: [finding({ step: 5 }), finding({ step: 2, detector: "first" })] });
  const odd = run({ seed: "2", label: "odd", ours: [finding()] });
  const others = [
    run(),
    faulty({ ours: [finding()] }),
    run({ label: "unlucky", ours: [finding()] }),
    run({ label: "tolerated", ours: [finding()] }),
  ];
  expect(falseAlarms([loud, ...others, odd]).map(({ run, alarm }) => [run.seed, alarm.detector])).toEqual([
    ["1", "first"],
    ["2", "gradientFlow"],
  ]);
});

it("lists faulty runs without an alarm with what was said below one", () => {
  const said = [
    finding({ severity: "info", detector: "a", step: 0 }),
    finding({ severity: "warning", detector: "b", step: 9 }),
    finding({ severity: "warning", detector: "c", step: 4 }),
  ];
  const runs = [
    faulty({ seed: "1", ours: said }),
    faulty({ seed: "2", group: "data" }),
    faulty({ ours: [...said, finding()] }),
    run({ label: "tolerated", group: "gradient" }),
  ];
  expect(misses(runs).map(({ run, said }) => [run.seed, said.map(({ detector }) => detector)])).toEqual([
    ["1", ["c", "b", "a"]],
    ["2", []],
  ]);
});
