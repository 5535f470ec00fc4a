import { fromData, zeros } from "../create.ts";
import { allocate } from "../dtype.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { drawCotangent } from "./draws.ts";
import type { Surroundings } from "./lines.ts";
import { differentiate, type Program } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { elements, largest, nothing } from "./structure.ts";

/**
 * What holds of every gradient as a function of its cotangents: it is linear, zero for zero, and the same whether a cotangent of zero comes
 * or none.
 *
 * Powers of two and signs go through linear rules without rounding, so they are judged to the last digits; sums by the rounding noise that
 * odd factors reveal.
 */
export function cotangentFailures(
  program: Program,
  cotangents: readonly Tensor[],
  generator: Generator,
  around: Surroundings,
): GradientFailure[] {
  const values = program.variables.map(({ tensor }) => tensor);
  const pull = (each: readonly (Tensor | null)[]): Float64Array[] =>
    differentiate(program, values, each).gradients.map((gradient, k) =>
      gradient === null ? new Float64Array(program.variables[k].positions.length) : elements(gradient),
    );
  const scaled = (factor: number): Float64Array[] =>
    pull(cotangents.map((cotangent) => combined(cotangent, factor)));
  const failures: GradientFailure[] = [];
  const expect = (
    found: readonly Float64Array[],
    expected: (variable: number, index: number) => number,
    tolerance: (variable: number) => number,
    cause: string,
  ): void => {
    program.variables.forEach(({ path }, k) => {
      if (failures.some((failure) => failure.path === path)) return;
      const errorBar = tolerance(k);
      const wrong = found[k].findIndex((value, index) => {
        const right = expected(k, index);
        return Number.isFinite(right) && !(Math.abs(value - right) <= errorBar);
      });
      if (wrong < 0) return;
      const numbers = { analytic: found[k][wrong], numeric: expected(k, wrong), errorBar };
      failures.push({ ...nothing, ...numbers, kind: "cotangent", path, suspect: "cotangent", cause });
    });
  };

  const base = pull(cotangents);
  const { relative, absolute } = around.rounding;
  // A gradient that is zero but for rounding is as uncertain as the values.
  const uncertainty = 1024 * around.roughness * relative * around.magnitude + absolute;
  const digits = (k: number): number => 8 * relative * largest(base[k]) + absolute;
  expect(
    pull(cotangents.map(({ shape, dtype }) => zeros(shape, dtype))),
    (k, index) => 0 * base[k][index],
    () => 0,
    "the gradient for a cotangent of zero is not zero",
  );
  for (const factor of [4, -1])
    expect(
      scaled(factor),
      (k, index) => factor * base[k][index],
      (k) => Math.abs(factor) * digits(k),
      `the gradient is not linear in the cotangent: ${factor} times as much does not give ${factor} times as much`,
    );
  const odd = [3, 5].map((factor) => scaled(factor).map((row) => row.map((value) => value / factor)));
  const noise = base.map((row, k) =>
    Math.max(...odd.map((rows) => largest(rows[k].map((value, index) => value - row[index])))),
  );
  const others = cotangents.map((cotangent) => drawCotangent(generator, cotangent));
  const otherBase = pull(others);
  expect(
    pull(cotangents.map((cotangent, k) => combined(cotangent, 1, others[k]))),
    (k, index) => base[k][index] + otherBase[k][index],
    (k) => 32 * noise[k] + Math.sqrt(relative) * (largest(base[k]) + largest(otherBase[k])) + uncertainty,
    "the gradient is not linear in the cotangent: that of a sum is not the sum",
  );
  cotangents.forEach((_, present) => {
    if (cotangents.length === 1) return;
    const [alone, besideZeros] = [null, 0].map((fill) =>
      pull(
        cotangents.map((cotangent, k) =>
          k === present ? cotangent : fill === null ? null : zeros(cotangent.shape, cotangent.dtype),
        ),
      ),
    );
    expect(
      alone,
      (k, index) => besideZeros[k][index],
      (k) => digits(k) + 32 * noise[k] + uncertainty,
      "the gradient changes when a cotangent of zero does not come at all",
    );
  });
  return failures;
}

/** `factor · cotangent + other`, in the cotangent's own precision. */
function combined(cotangent: Tensor, factor: number, other?: Tensor): Tensor {
  const [values, added] = [cotangent.values(), other?.values()];
  const data = allocate(cotangent.dtype, values.length);
  for (let k = 0; k < data.length; k++) data[k] = factor * values[k] + (added?.[k] ?? 0);
  return fromData(data, cotangent.shape);
}
