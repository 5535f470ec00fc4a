import type { Diagnosis, Fault, Finding } from "@isograd/diagnostics";
import type { Plan } from "../plan.ts";

// What a study finds, as plain data: it crosses from the process that trains to the one that reports.

/** How a training went. */
export interface TrainingRecord {
  /** Of the whole test set, at the end; between 0 and 1. */
  readonly testAccuracy: number;
  /** The mean loss over stretches of steps, each named by its last step. */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** On a part of the test set, on the way. */
  readonly accuracies: readonly { readonly step: number; readonly accuracy: number }[];
  readonly seconds: number;
}

/** What the watcher of a training said first. */
export interface Sighting {
  readonly step: number;
  readonly finding: Finding;
}

export interface SickRecord {
  readonly training: TrainingRecord;
  /** Null where the watcher stayed silent. */
  readonly sighting: Sighting | null;
}

/** A remedy that was tried on a clone. */
export interface RemedyRecord {
  readonly name: string;
  readonly cures: readonly Fault[];
  readonly code: string;
  readonly passed: boolean;
  readonly evidence: string;
  /** NaN where no steps were taken. */
  readonly trialLoss: number;
}

export interface TreatmentRecord {
  readonly diagnosis: Diagnosis;
  /** The text of the findings, as a terminal shows it. */
  readonly explanation: string;
  /** Those that passed first, the best first. */
  readonly remedies: readonly RemedyRecord[];
  /** Null where no remedy passed. */
  readonly healed: HealedRecord | null;
}

export interface HealedRecord {
  readonly applied: RemedyRecord;
  /** Of the treated network, before its training. */
  readonly diagnosis: Diagnosis;
  readonly training: TrainingRecord;
}

/** All that was found out about one sick network. */
export interface CaseRecord {
  readonly key: string;
  readonly title: string;
  readonly recipe: string;
  readonly sick: SickRecord;
  readonly treatment: TreatmentRecord;
}

/** A whole run. */
export interface Story {
  readonly plan: Plan;
  readonly quick: boolean;
  readonly seed: number;
  readonly cases: readonly CaseRecord[];
  readonly seconds: number;
}

/** Whether a remedy was found whose network is healthy by the same measure, and learns more than the sick one. */
export function isHealed({ sick, treatment: { healed } }: CaseRecord): boolean {
  return (
    healed !== null &&
    healed.diagnosis.verdict === "healthy" &&
    healed.training.testAccuracy > sick.training.testAccuracy
  );
}
