import { ArgumentError } from "../errors.ts";
import { Tensor } from "../tensor.ts";
import { type OpLaw, opLawNames, opLaws } from "./laws/laws.ts";
import type { Subject } from "./laws/subject.ts";

/** An operation as a user calls it. */
export type OpFunction = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** A case to try an op on. */
export interface OpSample {
  /** Operands of `f64`, away from kinks; whole numbers and truth values are passed on. */
  readonly inputs: readonly Tensor[];
  readonly name?: string;
  /** How to call the op where it takes more than the operands. */
  readonly call?: (inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
  /** What it must give, known from elsewhere. */
  readonly expected?: Tensor | ArrayLike<number> | readonly (Tensor | ArrayLike<number>)[];
}

export interface OpContractOptions {
  /** Which laws to try; default all. */
  readonly laws?: readonly OpLaw[];
  /** Laws that do not hold, with the reason. */
  readonly exempt?: Readonly<Partial<Record<OpLaw, string>>>;
  /** What the op must give for operands, computed elsewhere: one array of numbers, or one for each result. */
  readonly reference?: (...inputs: readonly Tensor[]) => ArrayLike<number> | readonly ArrayLike<number>[];
  /** Not every element reaches the result: the op picks, cuts or chooses. Default false. */
  readonly drops?: boolean;
  /** By how many times more than the usual few digits single precision is off; default 1. */
  readonly loses?: number;
  readonly seed?: number;
}

/** A law that a sample of an op breaks. */
export interface ContractViolation {
  readonly law: OpLaw;
  readonly sample: string;
  readonly message: string;
}

export interface ContractReport {
  readonly ok: boolean;
  readonly violations: readonly ContractViolation[];
  /** On how many samples each law was tried; a law that applies to none is not there. */
  readonly tried: Readonly<Partial<Record<OpLaw, number>>>;
}

/**
 * Tries the laws that every operation obeys on samples of one.
 *
 * Its value (against a reference where one is given), its gradients of first and second order in forward and reverse mode, single against
 * double precision, views, NaN, empty and size-one operands, broadcasting, vmap and gradients per example against a loop; operands stay
 * as they are, get the sum of what several uses send, and results have the shapes foretold.
 *
 * @param op      takes tensors, returns one or several; composed of registered operations or one itself
 * @param samples operands to call it with; a few small ones of each kind
 * @throws ArgumentError if there are no samples
 * @example
 * checkOpContract(sin, [[tensor([0.3, 1], { dtype: "f64" })]], { reference: (x) => x.values().map(Math.sin) }).ok; // true
 */
export function checkOpContract(
  op: OpFunction,
  samples: readonly (OpSample | readonly Tensor[])[],
  options: OpContractOptions = {},
): ContractReport {
  if (samples.length === 0)
    throw new ArgumentError("checkOpContract", "expected at least one sample", samples);
  const { laws = opLawNames, exempt = {} } = options;
  const violations: ContractViolation[] = [];
  const tried: Partial<Record<OpLaw, number>> = {};
  for (const law of laws) {
    if (law in exempt) continue;
    for (const sample of samples) {
      const given: OpSample = "inputs" in sample ? sample : { inputs: sample };
      const broken = attempt(law, subjectOf(op, given, options));
      if (broken === null) continue;
      tried[law] = (tried[law] ?? 0) + 1;
      const name = given.name ?? given.inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" and ");
      violations.push(...broken.map((message) => ({ law, sample: name, message })));
    }
  }
  return { ok: violations.length === 0, violations, tried };
}

function attempt(law: OpLaw, subject: Subject): readonly string[] | null {
  try {
    return opLaws[law](subject);
  } catch (error) {
    return [`throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`];
  }
}

function subjectOf(op: OpFunction, sample: OpSample, options: OpContractOptions): Subject {
  const { inputs } = sample;
  const { drops = false, loses = 1, reference, seed = 0 } = options;
  const expected = sample.expected ?? reference?.(...inputs) ?? null;
  return {
    inputs,
    call: sample.call ?? ((operands) => op(...operands)),
    drops,
    loses,
    seed,
    expected: expected === null ? null : isOne(expected) ? [expected] : expected,
  };
}

const isOne = (expected: NonNullable<OpSample["expected"]>): expected is Tensor | ArrayLike<number> =>
  expected instanceof Tensor || typeof (expected as ArrayLike<unknown>)[0] !== "object";

/**
 * The violations as text: a line each.
 *
 * @example
 * describeContract(checkOpContract(sin, [[tensor([0.3, 1], { dtype: "f64" })]])); // "0 violations of 11 laws"
 */
export function describeContract({ violations, tried }: ContractReport): string {
  const laws = Object.keys(tried).length;
  const head = `${violations.length} violations of ${laws} laws`;
  const lines = violations
    .slice(0, longest)
    .map(({ law, sample, message }) => `  ${law}, ${sample}: ${message}`);
  const rest = violations.length - longest;
  return [head, ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join("\n");
}

const longest = 10;
