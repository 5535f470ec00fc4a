import { cast, checkOpContract, type Op, type OpLaw, observe, type Tensor } from "../../../src/index.ts";
import { opsTable } from "../ops-table.ts";
import type { OpEntry, Sample } from "../samples.ts";
import type { Mutant } from "./mutations.ts";

/** Where an op is used: a sample of a table. */
export interface Use {
  readonly entry: string;
  readonly sample: Sample;
  readonly facts: Omit<OpEntry, "samples">;
  /** How many operations take part: the fewer, the more the sample is about the op. */
  readonly operations: number;
}

/** Every op that takes part in a sample of the tables, with the samples that are about it the most. */
export function usesOfOps(): Map<Op, Use[]> {
  const uses = new Map<Op, Use[]>();
  for (const [entry, { samples, ...facts }] of Object.entries(opsTable)) {
    for (const sample of samples) {
      const ops = opsIn(sample, sample.inputs);
      const single = sample.inputs.map((x) => (x.dtype === "f64" ? cast(x, "f32") : x));
      for (const op of new Set([...ops, ...opsIn(sample, single)]))
        uses.set(op, [...(uses.get(op) ?? []), { entry, sample, facts, operations: ops.length }]);
    }
  }
  for (const [op, found] of uses) {
    // Samples with several elements tell more.
    const size = ({ sample }: Use): number => Math.min(...sample.inputs.map((x) => (x as Tensor).size));
    found.sort((a, b) => a.operations - b.operations || Number(size(b) > 1) - Number(size(a) > 1));
    uses.set(op, found);
  }
  return uses;
}

function opsIn({ call }: Sample, inputs: readonly Tensor[]): Op[] {
  const ops: Op[] = [];
  using _ = observe({
    operation: ({ op }) => {
      ops.push(op);
    },
  });
  call(inputs);
  return ops;
}

/** Killed, or not: because no sample made it give another number, or although one did. */
export type Outcome = "killed" | "untested" | "survived";

// What differences cannot see, since they need all digits, is how single precision becomes double.
const lawsFor = {
  vjp: ["gradients", "precision"],
  jvp: ["gradients"],
  batch: ["vmap"],
} as const satisfies Record<Mutant["field"], readonly OpLaw[]>;

/** Whether one of the samples tells a mutant from the op. */
export function tryMutant(op: Op, mutant: Mutant, uses: readonly Use[]): Outcome {
  const own = Object.getOwnPropertyDescriptor(op, mutant.field);
  try {
    Object.defineProperty(op, mutant.field, { value: mutant.value, configurable: true });
    for (const { sample, facts } of uses) {
      const laws = lawsFor[mutant.field];
      const { violations } = checkOpContract(() => [], [sample], { ...facts, laws });
      const broken = violations.find(({ message }) => message.includes("MutationError"));
      if (broken !== undefined) throw new Error(`${op.name} ${mutant.name}: ${broken.message}`);
      // An error is no finding: wrong numbers must be seen to be wrong.
      if (violations.some(({ message }) => !message.startsWith("throws"))) return "killed";
    }
    return mutant.changed() ? "survived" : "untested";
  } finally {
    if (own === undefined) Reflect.deleteProperty(op, mutant.field);
    else Object.defineProperty(op, mutant.field, own);
  }
}
