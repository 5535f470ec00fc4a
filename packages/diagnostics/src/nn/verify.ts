import { ArgumentError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import type { Finding } from "../finding.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import { aside } from "../trace/aside.ts";
import type { AnyActivation } from "../trace/network.ts";
import { type Batch, checkSubject, type Loss, type Subject, trace } from "../trace/trace.ts";
import { claimsOf, likeliest, stepsToShow } from "./claims.ts";
import { mismatchesOf } from "./mismatch.ts";
import { type Candidate, mostPairs, otherNetworks, otherSteps } from "./pairs.ts";
import { remediesFor } from "./remedies-for.ts";
import type { OptimizerFactory, Treatment } from "./treatment.ts";
import { Trials, type Tried } from "./trials.ts";

export interface VerifyOptions {
  /** Makes the usual optimizer for a clone. */
  readonly optimizer: OptimizerFactory;
  /** One trial step a batch: a few dozen are enough as a rule; the more there are, the longer the best are tried until one has plainly learnt. */
  readonly batches: readonly Batch[];
  /** What the trials are judged by; default: the last eighth of `batches`, which are then not learnt from. */
  readonly heldOut?: readonly Batch[];
  /** Of what is drawn; default 0. */
  readonly seed?: number | string;
  /** In place of those that follow from the network, and alone: see `remediesFor`. */
  readonly remedies?: readonly Remedy<Treatment>[];
  /**
   * Try all at once, then the best networks with other steps and the best steps with other networks, even where a remedy has plainly taught;
   * default false: those that go at the cause come first, and each next group only where nothing has.
   */
  readonly thorough?: boolean;
  /** The activations to offer. */
  readonly candidates?: readonly AnyActivation[];
  /** Called before each remedy is tried. @param count how many there are at most */
  readonly onTrial?: (name: string, index: number, count: number) => void;
}

/** What `lint`, `diagnose` and a watcher return, as far as remedies are concerned. */
export interface Found {
  readonly findings: readonly (Finding | { readonly finding: Finding })[];
}

/**
 * Tries remedies that claim to cure what was found on clones of the model, and judges each by the measure of that fault: those that go at the cause
 * first, the others where none of them plainly teaches. Whether output and loss fit is looked into as well, whatever was found.
 *
 * What changes the network is diagnosed again and must come out healthy; what changes the output must fit the loss. Then trial steps rank them,
 * by successive halving: those that learn faster get more. What changes the steps only (clipping, learning rate, optimizer) must, within those
 * steps, teach the clone to tell its examples apart, and better than the steps alone do; so must all where the fault was found in training.
 * The best remedies of the network are tried with other steps as well. The model itself does not change.
 *
 * @param model as it was before training: what it has become is not undone by other steps
 * @param found what `lint`, `diagnose` or a watcher found, or any findings
 * @returns those that passed first, the lowest loss leading; those that failed behind, with the reason
 * @throws ArgumentError if the model is no module, `found` has no findings, `optimizer` makes none, or there are no batches for the trial steps
 * @example
 * const optimizer: OptimizerFactory = ({ model: own }) => new Adam(own.parameters(), { learningRate: 0.01 });
 * const options = { optimizer, batches: trialBatches, remedies: replaceActivation(sigmoid, [tanh]) };
 * const [best] = verifyRemedies(model, batch, crossEntropy, diagnosis, options);
 * [best.passed, best.remedy.name]; // [true, "activation: tanh, initialization: criticalInit(tanh)"]
 */
export function verifyRemedies(
  model: Module,
  batch: Batch,
  loss: Loss,
  found: Found,
  options: VerifyOptions,
): VerifiedRemedy<Treatment>[] {
  checkCase({ model, batch, loss }, found, options);
  const { seed = 0, candidates, onTrial, optimizer, thorough = false } = options;
  const findings = found.findings
    .map((each) => ("finding" in each ? each.finding : each))
    .filter(({ severity }) => severity !== "info");
  const isInTraining = !findings.some(({ step = 0 }) => step === 0);
  const shownIn = stepsToShow(findings);
  return aside(() => {
    const mismatches = mismatchesOf(model, batch, loss);
    const remedies = options.remedies ?? remediesFor(activationOf(model, batch, loss), candidates);
    const all = [...mismatches, ...findings];
    const claims = claimsOf(remedies, all);
    const trials = new Trials({
      model,
      batch,
      loss,
      seed,
      optimizer,
      isInTraining,
      shownIn,
      ...splitBatches(options),
    });
    const tried: Tried[] = [];
    const isGiven = options.remedies !== undefined;
    const isOpen = (): boolean =>
      !isGiven && (thorough || !tried.some((each) => trials.hasLearnt(each) && trials.judge(each).passed));
    const most = claims.length + (isGiven ? 0 : mostPairs(claims));
    const beginAll = (some: readonly Candidate[]): Tried[] => {
      return some.map(({ remedy, known }) => {
        onTrial?.(remedy.name, tried.length, most);
        const each = trials.begin(remedy, known);
        tried.push(each);
        return each;
      });
    };
    const ranked = (): VerifiedRemedy<Treatment>[] => tried.map((each) => trials.judge(each)).sort(byRank);
    const first = thorough || isGiven ? claims : likeliest(claims, all);
    const others = claims.filter((remedy) => !first.includes(remedy));
    const isAll = first.length === claims.length;
    trials.train(beginAll(first.map(withoutPast)), isAll ? "patiently" : "briefly");
    if (!isAll && isOpen()) trials.train([...tried, ...beginAll(others.map(withoutPast))]);
    const someLearn = tried.some((each) => trials.hasBegun(each));
    if (isOpen()) trials.train(beginAll(otherSteps(ranked(), someLearn)));
    if (isOpen()) trials.train(beginAll(otherNetworks(ranked())));
    return ranked();
  });
}

function checkCase(subject: Subject, found: Found, { batches, optimizer }: VerifyOptions): void {
  const refuse = (rule: string, received: unknown): never => {
    throw new ArgumentError("verifyRemedies", rule, received);
  };
  checkSubject(subject, "verifyRemedies");
  if (typeof (subject.model as Partial<Module>).clone !== "function")
    refuse("expected a module, whose clones remedies are tried on", subject.model);
  if (!Array.isArray(found?.findings))
    refuse("expected what lint, diagnose or a watcher returns, or { findings }", found);
  if (typeof optimizer !== "function")
    refuse(
      "expected optimizer to be a function that makes one, as for ({ model }) => new Adam(model.parameters())",
      optimizer,
    );
  if (!Array.isArray(batches) || batches.length === 0)
    refuse("expected a batch for each trial step", batches ?? "none");
}

const withoutPast = (remedy: Remedy<Treatment>): Candidate => ({ remedy });

function splitBatches({ batches, heldOut }: VerifyOptions): {
  readonly batches: readonly Batch[];
  readonly heldOut: readonly Batch[];
} {
  if (heldOut !== undefined && heldOut.length > 0) return { batches, heldOut };
  const kept = Math.ceil(batches.length / 8);
  return kept === batches.length
    ? { batches, heldOut: batches }
    : { batches: batches.slice(0, -kept), heldOut: batches.slice(-kept) };
}

const byRank = (a: VerifiedRemedy<Treatment>, b: VerifiedRemedy<Treatment>): number =>
  Number(b.passed) - Number(a.passed) || order(a.trialLoss) - order(b.trialLoss);

const order = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

/** The first activation of the network; null where there is none. */
function activationOf(model: Module, batch: Batch, loss: Loss): AnyActivation | null {
  return trace({ model: model.clone(), batch, loss }).activations[0]?.activation ?? null;
}
