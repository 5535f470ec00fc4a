import type { Tensor } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import type { RunLog } from "./run-log.ts";

export interface WatchOptions {
  /** Called when a fault is first found at a place. */
  readonly onFinding?: (finding: Finding, step: number) => void;
  /** Where each step and finding goes to as it is seen, such as `jsonLines(write)`. */
  readonly logs?: readonly RunLog[];
  /** Look at the layers, and count dead and saturated units, at one step in so many, beginning with the first; default 100. */
  readonly unitsEvery?: number;
  /** The chance of a false alarm over the whole run, of everything that is tested, however long it lasts; default 0.001. */
  readonly alpha?: number;
  /**
   * The share of the time of training that looking may take, such as 0.05. The watcher measures what it takes, its own calls and what the steps take
   * longer that it looks at, and looks less often where that is more; to compare with it leaves one step in seventeen alone. So what it sees depends
   * on the clock. Default: no limit, and the same looks in every run.
   */
  readonly budget?: number;
  /** What the run was begun with: named where a step has to be run again. */
  readonly seed?: number | string;
  /**
   * Computes the loss of the step under way once more. Where a gradient is not finite it is called, to find the operation and the source line
   * that made it so; parameters and running statistics stay as they are.
   */
  readonly replay?: () => Tensor;
}
