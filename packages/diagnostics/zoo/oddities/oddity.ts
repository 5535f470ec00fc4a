import type { Family } from "../families/family.ts";
import type { Setting } from "../setting.ts";

/** Something unusual that is no fault. */
export interface Oddity {
  readonly name: string;
  /** The setting with it; null where it has no place. */
  readonly change: (setting: Setting, family: Family) => Setting | null;
}

/** Whether steps grow with the gradients. */
export const followsScale = ({ optimizer }: Setting): boolean =>
  optimizer === "sgd" || optimizer === "momentum";
