import { Generator } from "@isograd/autograd";
import type { Circumstances } from "../../../zoo/report/circumstances.ts";
import type { FaultGroup, RunResult } from "../../../zoo/result.ts";
import { faulty, finding, repair, run, times } from "../runs.ts";

export const circumstances: Circumstances = {
  date: "2026-01-02",
  command: "pnpm zoo",
  machine: "2 × a machine",
  node: "20.20.0",
  seconds: 3600,
  families: [{ name: "wide", description: "a | b" }],
  rivals: [{ name: "Loud", source: "its paper" }],
  elsewhere: [
    { what: "slopes", asked: "30", published: "-", measured: "31 of 32", isMet: true },
    { what: "advice", asked: "2 points", published: "-", measured: "-", isMet: null },
  ],
};

const alphas = [0.1, 0.001];

/** Runs with some of everything, drawn. */
export function results(): RunResult[] {
  const generator = new Generator("results");
  const said = (chance: number): Partial<RunResult> => {
    const drawn = generator.uniform();
    return {
      ours: drawn < chance ? [finding({ step: generator.integer(3) })] : [finding({ severity: "warning" })],
      alarmedAt: alphas.map((alpha) => ({ alpha, alarmed: drawn < chance * (alpha === 0.1 ? 1.2 : 1) })),
      rivals: { Loud: drawn < 0.6 ? [{ rule: "a | rule", step: 5 }] : [] },
    };
  };
  const groups: FaultGroup[] = ["gradient", "initialisation", "data"];
  return [
    ...times(40, (k) => run({ seed: `s${k}`, ...said(0.2) })),
    ...times(10, (k) => run({ seed: `s${k}`, variant: "loss × 10", label: "odd", ...said(0.2) })),
    ...times(30, (k) =>
      faulty({
        seed: `s${k}`,
        group: groups[k % 3],
        rightCauses: ["weights"],
        repair: repair(),
        ...said(0.9),
      }),
    ),
    run({ seed: "s0", variant: "gain 0.9", label: "tolerated", group: "gradient" }),
    run({ seed: "s1", variant: "grid 2", label: "unlucky", score: null }),
  ];
}
