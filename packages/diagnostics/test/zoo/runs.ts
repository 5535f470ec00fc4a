import type { OurFinding, Repair, RunResult } from "../../zoo/result.ts";

/** A healthy run of which nobody says anything. */
export function run(changed: Partial<RunResult> = {}): RunResult {
  const { set = "published", family = "wide", variant = "grid 1", seed = "7" } = changed;
  return {
    id: `${set}/${family}/${variant}/${seed}`,
    set,
    family,
    variant,
    group: null,
    seed,
    detail: "depth 4",
    steps: 100,
    score: 0.97,
    best: 0.98,
    label: "healthy",
    rightCauses: [],
    ours: [],
    alarmedAt: [],
    rivals: {},
    repair: null,
    seconds: { training: 2, examination: 0.1 },
    ...changed,
  };
}

/** A run with a fault that is asked for and did harm. */
export const faulty = (changed: Partial<RunResult> = {}): RunResult =>
  run({ label: "faulty", group: "gradient", variant: "gain 0.3", score: 0.4, ...changed });

/** An alarm at the first step, because of the weights. */
export const finding = (changed: Partial<OurFinding> = {}): OurFinding => ({
  stage: "firstStep",
  detector: "gradientFlow",
  fault: "vanishing",
  severity: "alarm",
  step: 0,
  pValue: 1e-9,
  places: ["layers.0", "layers.2"],
  causes: [{ part: "weights", explanation: "weights are small" }],
  ...changed,
});

/** One remedy that cured at once. */
export const repair = (changed: Partial<Repair> = {}): Repair => ({
  tried: 5,
  passed: 2,
  applied: ["initialization: heNormal"],
  retrainings: 1,
  repaired: true,
  symptomGone: true,
  score: 0.97,
  timeFactor: 1.5,
  ...changed,
});

export const times = <T>(count: number, make: (k: number) => T): T[] =>
  Array.from({ length: count }, (_, k) => make(k));
