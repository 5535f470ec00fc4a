import type { Plan } from "../plan.ts";
import type { SickRecord, TreatmentRecord } from "../study/records.ts";

/** What the process that reports asks of one that trains: a sick network's training, or its diagnosis and treatment. */
export interface Job {
  readonly network: string;
  readonly role: "sick" | "treatment";
  readonly plan: Plan;
  readonly seed: number;
  /** The folder of the MNIST files; null for the package's. */
  readonly data: string | null;
}

export type JobRecord = SickRecord | TreatmentRecord;

/** What it hears. */
export type Message =
  | { readonly kind: "progress"; readonly share: number; readonly activity: string }
  | { readonly kind: "done"; readonly record: JobRecord }
  /** Something that the user can put right. */
  | { readonly kind: "problem"; readonly text: string; readonly exitCode: number }
  /** A fault of the program itself. */
  | { readonly kind: "crash"; readonly stack: string };
