import { describe, expect, it } from "vitest";
import { cast, checkGradients, defineOp, mul, type Op, sin, tensor } from "../src/index.ts";
import { equivalents, reasonFor } from "./laws/mutants/equivalents.ts";
import { type Mutant, mutantsOf } from "./laws/mutants/mutations.ts";
import { tryMutant, usesOfOps } from "./laws/mutants/trial.ts";

// One mutant of each op; `pnpm mutants` tries them all.
const uses = usesOfOps();
const bred = [...uses.keys()].flatMap((op, at): [string, Op, Mutant][] => {
  const mutants = mutantsOf(op).filter(({ name }) => reasonFor(`${op.name} ${name}`) === undefined);
  if (mutants.length === 0) return [];
  const mutant = mutants[(at * 7) % mutants.length];
  return [[`${op.name} ${mutant.name}`, op, mutant]];
});

describe("a wrong rule of an op is found by the laws", () => {
  it("for every op that has rules", () => {
    expect(bred.length).toBeGreaterThan(100);
  });

  it.each(bred)("%s", (_, op, mutant) => {
    expect(tryMutant(op, mutant, uses.get(op) ?? [])).toBe("killed");
  });
});

describe("mutants", () => {
  const [[sine]] = [...uses].filter(([op]) => op.name === "sin");

  it("are taken back", () => {
    const before = sine.vjp;
    for (const mutant of mutantsOf(sine)) tryMutant(sine, mutant, (uses.get(sine) ?? []).slice(0, 1));
    expect(sine.vjp).toBe(before);
  });

  it("survive where no sample tells, and are then called untested", () => {
    const [mutant] = mutantsOf(sine);
    expect(tryMutant(sine, mutant, [])).toBe("untested");
  });

  it("of a cast are found where it stands alone", () => {
    const [[op]] = [...uses].filter(([each]) => each.name === "cast");
    const x = tensor([0.25, -1.5]);
    const ok = (): boolean => checkGradients((y) => cast(y, "f64"), x).ok;
    expect(ok()).toBe(true);
    const own = op.vjp;
    for (const { field, name, value } of mutantsOf(op)) {
      if (field !== "vjp") continue;
      Object.defineProperty(op, "vjp", { value, configurable: true });
      expect(ok(), name).toBe(false);
    }
    Object.defineProperty(op, "vjp", { value: own, configurable: true });
    expect(ok()).toBe(true);
  });

  it("come in every kind", () => {
    const op = defineOp({
      name: "op",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values(),
      vjp: [(g) => mul(g, 1)],
      jvp: [(t) => mul(t, 1)],
      batch: ([x]) => sin(x),
    }) as Op;
    expect(mutantsOf(op).map(({ name }) => name)).toEqual([
      ...["sign", "factor", "dropped", "transposed", "detached"].map((how) => `vjp[0] ${how}`),
      ...["sign", "factor", "dropped", "transposed", "detached"].map((how) => `jvp[0] ${how}`),
      "batch mixed up",
    ]);
  });

  it("that are equivalent have a reason each", () => {
    for (const reason of Object.values(equivalents)) expect(reason.length).toBeGreaterThan(20);
  });
});
