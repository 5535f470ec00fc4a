import { describe, expect, it } from "vitest";
import { isograd, rivalTool } from "../../../zoo/measures/alarm.ts";
import { causeAccuracy } from "../../../zoo/measures/causes.ts";
import { detection } from "../../../zoo/measures/detection.ts";
import { faulty, finding, run, times } from "../runs.ts";

const alarm = (step = 0) => ({ ours: [finding({ step })] });

describe("detection", () => {
  it("counts alarms of whole runs by what the runs are", () => {
    const runs = [
      ...times(8, () => run()),
      run(alarm()),
      run({ ours: [finding(), finding({ step: 4 })] }),
      ...times(3, () => run({ label: "odd" })),
      run({ label: "odd", ...alarm() }),
      faulty(),
      faulty(alarm(2)),
      faulty({ group: "clipping", ...alarm() }),
      faulty({ group: "loss", ...alarm() }),
      faulty({ group: "data" }),
      run({ label: "weakened", group: "rate", ...alarm() }),
      run({ label: "weakened", group: "rate" }),
      run({ label: "weakened", group: "data", ...alarm() }),
      run({ label: "tolerated", group: "gradient", ...alarm() }),
      run({ label: "unlucky" }),
    ];
    const { falseAlarms, recall, weakened, alarmed } = detection(runs, isograd);
    const counts = (rates: Record<string, { count: number; of: number }>) =>
      Object.fromEntries(Object.entries(rates).map(([name, { count, of }]) => [name, `${count} of ${of}`]));
    expect(counts(falseAlarms)).toEqual({ healthy: "2 of 10", odd: "1 of 4" });
    expect(counts(recall)).toEqual({ asked: "2 of 3", others: "1 of 2" });
    expect(counts({ weakened })).toEqual({ weakened: "1 of 2" });
    expect(counts(alarmed)).toEqual({ tolerated: "1 of 1", unlucky: "0 of 1" });
  });

  it("says when faults were found", () => {
    const runs = [0, 0, 3, 40, null].map((step) => faulty(step === null ? {} : alarm(step)));
    const { medianSteps, atStepZero, initialisationAtStepZero } = detection(runs, isograd);
    expect(medianSteps).toBe(1.5);
    expect(atStepZero).toMatchObject({ count: 2, of: 4 });
    expect(initialisationAtStepZero.of).toBe(0);
    const drawn = [0, 5, null].map((step) =>
      faulty({ group: "initialisation", ...(step === null ? {} : alarm(step)) }),
    );
    expect(detection(drawn, isograd).initialisationAtStepZero).toMatchObject({ count: 1, of: 3 });
    // Faults that are reported apart do not count here.
    expect(detection([faulty({ group: "loss", ...alarm(9) })], isograd).medianSteps).toBeNull();
  });

  it("is the same for rivals", () => {
    const fired = { rivals: { other: [{ rule: "a", step: 7 }] } };
    const runs = [run(fired), run(), faulty(fired), faulty(alarm())];
    expect(detection(runs, rivalTool("other"))).toMatchObject({
      falseAlarms: { healthy: { count: 1, of: 2 } },
      recall: { asked: { count: 1, of: 2 } },
      medianSteps: 7,
    });
  });
});

describe("causes", () => {
  const named = (...parts: ("weights" | "activation" | "data")[]) => ({
    rightCauses: ["weights" as const],
    ours: [
      finding({ severity: "info", step: 0, causes: [{ part: "weights", explanation: "" }] }),
      finding({ step: 1, causes: parts.map((part) => ({ part, explanation: "" })) }),
    ],
  });

  it("are right where the first one of the first alarm is", () => {
    const runs = [
      faulty(named("weights", "activation")),
      faulty(named("activation", "weights")),
      faulty(named()),
      faulty({ rightCauses: ["weights"] }),
      // Not asked: nobody knows which is right, or it is reported apart.
      faulty({ ...named("activation"), rightCauses: [] }),
      faulty({ ...named("activation"), group: "loss" }),
      run(named("activation")),
    ];
    const { ofFound, ofAll } = causeAccuracy(runs);
    expect(ofFound).toMatchObject({ count: 1, of: 3 });
    expect(ofAll).toMatchObject({ count: 1, of: 4 });
  });

  it("may be several", () => {
    const run = faulty({ ...named("activation"), rightCauses: ["weights", "activation"] });
    expect(causeAccuracy([run]).ofFound.share).toBe(1);
  });
});
