import type { Generator } from "../random.ts";
import { suspectedCause, uncertainty } from "./causes.ts";
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
  const alone = (element: number): Comparison => {
    const slack = slackFor(scale);
    // A derivative that is far too large must not widen the bar it is judged by: the others set the scale.
    const verdict = judge(
      around.element(position, element),
      analytic[element],
      element === winner ? second : scale,
      slack,
    );
    return { element, direction: null, analytic: analytic[element], slack, verdict };
  };
  const along = (way: Float64Array, direction: number): Comparison => {
    const [slope, squares] = alongOf(analytic, way);
    const slack = slackFor(Math.sqrt(squares * length));
    const verdict = judge(around.direction(position, way), slope, Math.sqrt(squares), slack);
    return { element: null, direction, analytic: slope, slack, verdict };
  };
  const compared = picked.map(alone);
  for (let direction = 0; !all && direction < directions; direction++) {
    const way = directionOf(variable, draw(generator, length));
    const comparison = along(way, direction);
    if (isWrong(comparison) && !compared.some(isWrong)) {
      const culprit = findCulprit(way, (part) => along(part, direction));
      if (culprit !== null) compared.push(alone(culprit));
    }
    compared.push(comparison);
  }
  return compared;
}

const isWrong = ({ verdict }: Comparison): boolean => verdict.outcome === "mismatch";

/**
 * The element whose derivative is wrong, found by halving a direction along which the sum of all is.
 *
 * Of two halves that are both wrong it follows the one that is further off; null where neither is on its own.
 */
function findCulprit(way: Float64Array, compare: (part: Float64Array) => Comparison): number | null {
  let [start, end] = [0, way.length];
  while (end - start > 1) {
    const middle = (start + end) >> 1;
    const halves = [
      [start, middle],
      [middle, end],
    ].map(([from, to]) => {
      const comparison = compare(way.map((step, k) => (k >= from && k < to ? step : 0)));
      return { from, to, comparison, off: Math.abs(comparison.analytic - comparison.verdict.numeric) };
    });
    const [worst] = halves.filter(({ comparison }) => isWrong(comparison)).sort((a, b) => b.off - a.off);
    if (worst === undefined) return null;
    [start, end] = [worst.from, worst.to];
  }
  return start;
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
  output: string | null = null,
): GradientFailure[] {
  const bad = compared.filter(({ verdict }) => verdict.outcome !== "match");
  if (bad.length === 0) return [];
  const complete = compared.length === size && compared.every(({ element }) => element !== null);
  const suspicion = suspectedCause({
    shape: complete ? shape : [compared.length],
    analytic: compared.map(({ analytic }) => analytic),
    numeric: compared.map(({ verdict }) => verdict.numeric),
    tolerance: compared.map(({ verdict, slack }) => verdict.errorBar + slack),
    kinks: compared.map(({ verdict }) => verdict.kink),
    edges: compared.map(({ verdict }) => verdict.edge),
  });
  return bad.map(({ element, direction, analytic, verdict: { outcome, numeric, errorBar, edge } }) => ({
    kind: outcome === "mismatch" ? "mismatch" : "inconclusive",
    order,
    path,
    index: element === null ? null : coordinatesOf(shape, element),
    direction,
    output,
    analytic,
    numeric,
    errorBar,
    ...(outcome === "mismatch" ? suspicion : uncertainty(edge)),
  }));
}
