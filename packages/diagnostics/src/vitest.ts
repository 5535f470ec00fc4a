import { expect } from "vitest";
import { type GradientHealth, matchers } from "./vitest/matchers.ts";
import type { WatchOptions } from "./watch/options.ts";

export { type GradientHealth, matchers } from "./vitest/matchers.ts";
export type { Training } from "./vitest/training.ts";

/** What `expect` can do once `@isograd/diagnostics/vitest` is imported. */
export interface DiagnosticsMatchers {
  /** Expects of a model that `diagnose` finds neither an alarm nor a warning in it, on one batch, before any step. */
  toHaveHealthyGradients(health: GradientHealth): void;
  /**
   * Expects of a training that a watcher finds neither an alarm nor a warning while it runs. It is a function that takes steps, or the `Training`
   * that takes one step a batch; to be awaited.
   */
  toTrainHealthily(options?: WatchOptions): Promise<void>;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: declarations of one interface must agree in their type parameters
  interface Matchers<T = any> extends DiagnosticsMatchers {}
}

expect.extend(matchers);
