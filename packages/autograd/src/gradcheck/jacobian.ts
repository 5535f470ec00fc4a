import { zeros } from "../create.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { compareVariable, failuresOf } from "./compare.ts";
import type { Line } from "./line.ts";
import type { Neighbourhood } from "./lines.ts";
import { differentiate, type Output, type Program } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { elements } from "./structure.ts";
import { coordinatesOf } from "./variable.ts";

/** Derivatives of single outputs that differences contradict, and how many were compared. */
export interface JacobianFindings {
  readonly failures: readonly GradientFailure[];
  readonly compared: number;
}

/**
 * Compares each derivative of each single output: nothing that is wrong can cancel against another output.
 *
 * What a random cotangent has found conclusive already is not judged inconclusive here.
 */
export function checkJacobian(
  program: Program,
  nearby: Neighbourhood,
  outputs: readonly Output[],
  generator: Generator,
): JacobianFindings {
  const values = program.variables.map(({ tensor }) => tensor);
  const failures: GradientFailure[] = [];
  let [compared, first] = [0, 0];
  const total = outputs.reduce((count, { tensor }) => count + tensor.size, 0);
  for (const [position, { path, tensor }] of outputs.entries()) {
    for (let index = 0; index < tensor.size; index++) {
      const cotangents = outputs.map((_, k) => (k === position ? unitVector(tensor, index) : null));
      const { gradients } = differentiate(program, values, cotangents);
      const around = nearby.weighted(
        Float64Array.from({ length: total }, (_, k) => Number(k === first + index)),
        0,
      );
      const name = `${path === "" ? "output" : path}[${coordinatesOf(tensor.shape, index).join(", ")}]`;
      program.variables.forEach((variable, k) => {
        const gradient = gradients[k];
        const analytic = gradient === null ? new Float64Array(variable.positions.length) : elements(gradient);
        compared += analytic.length;
        if (analytic.every((value, j) => value === 0 && isStill(around.element(k, j), first + index))) return;
        const options = { elements: analytic.length, directions: 0 };
        const comparisons = compareVariable(around, k, variable, analytic, generator, options);
        failures.push(
          ...failuresOf(comparisons, variable, 1, name).filter(({ kind }) => kind === "mismatch"),
        );
      });
    }
    first += tensor.size;
  }
  return { failures, compared };
}

/** Whether an output does not move at all: most do not, with most elements. */
const isStill = (line: Line, output: number): boolean => {
  const [origin, ...ends] = [0, line.reach, -line.reach].map((step) => line.at(step).values[output]);
  return ends.every((end) => Object.is(end, origin));
};

function unitVector(like: Tensor, index: number): Tensor {
  const unit = zeros(like.shape, like.dtype);
  unit.data[index] = 1;
  return unit;
}
