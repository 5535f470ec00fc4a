import type { Tensor } from "@isograd/autograd";
import { type BatchSource, crossEntropy, type Module } from "@isograd/nn";
import type { Pace } from "./plan.ts";
import type { Voice } from "./write.ts";

/** A model that learns to say which character comes next, and how it is fed and asked. */
export interface Learner {
  readonly name: string;
  readonly pace: Pace;
  /** From the inputs of a batch to logits, a row a character. */
  readonly model: Module;
  readonly data: BatchSource & { readonly length: number | undefined };
  /** Called between two epochs. */
  restart?(): void;
  /** How well it predicts a text that it reads from the beginning, in nats a character. */
  nats(text: Int32Array, signal?: AbortSignal): Promise<number>;
  /** A voice that has read nothing yet. */
  voice(): Voice;
}

export const metrics = {
  /** The mean of -log p of the characters that came. */
  nats: (logits: Tensor, targets: Tensor) => crossEntropy(logits, targets).item(),
};
