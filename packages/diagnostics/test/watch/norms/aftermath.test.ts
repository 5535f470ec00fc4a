import type { Finding } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { Aftermath } from "../../../src/watch/norms/aftermath.ts";

const spike = { severity: "warning", detector: "watch.spike", consequence: "thrown away" } as Finding;

/** After how many steps the spike is an alarm, the loss being above its start or not at each. */
function confirmedAt(isLost: (step: number) => boolean): number[] {
  const aftermath = new Aftermath();
  aftermath.open(spike);
  return Array.from({ length: 40 }, (_, step) => step + 1).filter(
    (step) => aftermath.next(isLost(step)).length > 0,
  );
}

describe("a spike", () => {
  it("is an alarm, once, where the loss stays above its start", () => {
    expect(confirmedAt(() => true)).toEqual([8]);
    const aftermath = new Aftermath();
    aftermath.open(spike);
    const [found] = Array.from({ length: 8 }, () => aftermath.next(true)).flat();
    expect(found).toMatchObject({ severity: "alarm", detector: "watch.spike" });
    expect(found.consequence).toContain("8 steps on");
  });

  it("is none where the loss comes back, be it for one step", () => {
    expect(confirmedAt((step) => step !== 8)).toEqual([]);
    expect(confirmedAt(() => false)).toEqual([]);
  });
});
