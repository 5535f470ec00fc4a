import type { Batch, Loss, Model } from "@isograd/diagnostics";

/** What `diagnose` takes. */
export interface Subject {
  readonly model: Model;
  readonly batch: Batch;
  readonly loss: Loss;
}

/** A population of networks: one for each seed. */
export interface Family {
  readonly name: string;
  readonly make: (seed: string) => Subject;
}
