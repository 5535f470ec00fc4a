import { mul } from "@isograd/autograd";
import { heNormal, orthogonal } from "@isograd/nn";
import type { Arm } from "./arm.ts";
import type { Laboratory } from "./laboratory.ts";
import { plain } from "./plain-network.ts";
import { RowReader } from "./row-reader.ts";
import type { Task } from "./task.ts";

/** A way in which gradients explode, and the same network without it. */
export interface Ailment {
  readonly name: string;
  readonly task: (laboratory: Laboratory) => Task;
  readonly sick: Arm;
  readonly healthy: Arm;
  /** Default: that of the sick one. */
  readonly healthyTask?: (laboratory: Laboratory) => Task;
}

const digits = ({ tasks }: Laboratory): Task => tasks.digits;

/** He's weights keep the gradient of ReLU networks: √2. */
export const twiceHe = heNormal({ gain: 2 * Math.SQRT2 });

/** Gradients double at each of twelve layers. */
export const throughDepth: Ailment = {
  name: "12 layers of ReLU, weights twice He's",
  task: digits,
  sick: { build: plain({ weights: twiceHe }) },
  healthy: { build: plain() },
};

/** Gradients double at each of fourteen steps in time. */
export const throughTime: Ailment = {
  name: "ReLUs that read 14 rows, recurrent weights twice those that keep gradients",
  task: digits,
  sick: { build: (_, generator) => new RowReader(orthogonal({ gain: 2 * Math.SQRT2 }), generator) },
  healthy: { build: (_, generator) => new RowReader(orthogonal({ gain: Math.SQRT2 }), generator) },
};

/** Gradients are large now and then, through what is learnt from. */
export const throughData: Ailment = {
  name: "5 layers of ReLU, every tenth batch a hundred times too large",
  task: ({ tasks }) => tasks.outliers,
  healthyTask: digits,
  sick: { build: plain({ layers: 5 }) },
  healthy: { build: plain({ layers: 5 }) },
};

export const ailments = [throughDepth, throughTime, throughData] as const;

/** Digits of which every tenth batch comes in other units. */
export const withOutliers = (task: Task): Task => ({
  ...task,
  name: "digits with outliers",
  disturb: (inputs, generator) => (generator.uniform() < 0.1 ? mul(inputs, 100) : inputs),
});
