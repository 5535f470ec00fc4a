import type { Generator } from "../random.ts";
import { suspectedCause } from "./causes.ts";
import { draw, drawPlaces } from "./draws.ts";
import { judge, type Verdict } from "./judge.ts";
import { directionOf, type Surroundings } from "./lines.ts";
import type { GradientFailure } from "./report.ts";
import { coordinatesOf, type Variable } from "./variable.ts";

/** How thoroughly a variable is checked. */
export interface Thoroughness {
  /** Up to this size every element is moved alone. */
  readonly elements: number;
  /** Along how many random directions a larger one is moved as a whole. */
  readonly directions: number;
}

/** One derivative, both ways. */
export interface Comparison {
  /** Which element moved alone; null where all did. */
  readonly element: number | null;
  readonly direction: number | null;
  readonly analytic: number;
  readonly slack: number;
  readonly verdict: Verdict;
}

// Reverse mode rounds too: by a few units in the last place of the largest derivative. What the function itself adds is in the error bar.
const analyticUnits = 32;

/** Compares the analytic gradient of one variable with slopes: of each element, or of some, and along random directions. */
export function compareVariable(
  around: Surroundings,
  position: number,
  variable: Variable,
  analytic: Float64Array,
  generator: Generator,
  { elements, directions }: Thoroughness,
): Comparison[] {
  const { length } = analytic;
  const { relative, absolute } = around.rounding;
  const slackFor = (size: number): number => analyticUnits * (relative * size + absolute);
  const [winner, scale, second] = largestTwo(analytic);
  const all = length <= elements;
  const picked = all
    ? Array.from({ length }, (_, k) => k)
    : drawPlaces(generator, length, Math.ceil(elements / 4));
  const compared = picked.map((element): Comparison => {
    const slack = slackFor(scale);
    // A derivative that is far too large must not widen the bar it is judged by: the others set the scale.
    const verdict = judge(
      around.element(position, element),
      analytic[element],
      element === winner ? second : scale,
      slack,
    );
    return { element, direction: null, analytic: analytic[element], slack, verdict };
  });
  for (let direction = 0; !all && direction < directions; direction++) {
    const way = directionOf(variable, draw(generator, length));
    const [slope, squares] = alongOf(analytic, way);
    const slack = slackFor(Math.sqrt(squares * length));
    const verdict = judge(around.direction(position, way), slope, Math.sqrt(squares), slack);
    compared.push({ element: null, direction, analytic: slope, slack, verdict });
  }
  return compared;
}

function alongOf(gradient: Float64Array, direction: Float64Array): [slope: number, squares: number] {
  let [slope, squares] = [0, 0];
  for (let k = 0; k < gradient.length; k++) {
    slope += gradient[k] * direction[k];
    squares += (gradient[k] * direction[k]) ** 2;
  }
  return [slope, squares];
}

/** Where the largest finite number stands, its size, and that of the next. */
function largestTwo(values: Float64Array): [winner: number, largest: number, second: number] {
  let [winner, most, second] = [-1, 0, 0];
  values.forEach((value, k) => {
    const size = Number.isFinite(value) ? Math.abs(value) : 0;
    if (size > most) [winner, most, second] = [k, size, most];
    else if (size > second) second = size;
  });
  return [winner, most, second];
}

/** Those that do not match, in the words of a report. */
export function failuresOf(
  compared: readonly Comparison[],
  { path, tensor: { shape, size } }: Variable,
  order: number,
): GradientFailure[] {
  const bad = compared.filter(({ verdict }) => verdict.outcome !== "match");
  if (bad.length === 0) return [];
  const complete = compared.length === size && compared.every(({ element }) => element !== null);
  const cause = suspectedCause({
    shape: complete ? shape : [compared.length],
    analytic: compared.map(({ analytic }) => analytic),
    numeric: compared.map(({ verdict }) => verdict.numeric),
    tolerance: compared.map(({ verdict, slack }) => verdict.errorBar + slack),
  });
  return bad.map(({ element, direction, analytic, verdict: { outcome, numeric, errorBar } }) => ({
    kind: outcome === "mismatch" ? "mismatch" : "inconclusive",
    order,
    path,
    index: element === null ? null : coordinatesOf(shape, element),
    direction,
    analytic,
    numeric,
    errorBar,
    cause:
      outcome === "mismatch" ? cause : "the error bar is too wide: rounding noise, or a singularity close by",
  }));
}
