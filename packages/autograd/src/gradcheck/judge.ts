import { type Estimate, unknown } from "./extrapolate.ts";
import type { Line, Rounding } from "./line.ts";
import { rangeByOutput } from "./separate.ts";
import { measureSlopes, type Slopes } from "./slopes.ts";

/** A bar wider than this part of the gradient's scale proves nothing. */
export const widestBar = 1e-4;
/** A match is sought up to this bar, in case a sharper one came about by chance. */
const sharpBar = 1e-7;
const descent = 32;
/** The smallest first step, in units of the largest. */
const deepest = 2 ** -60;

/** What numeric differentiation says of one analytic derivative. */
export interface Verdict {
  readonly outcome: "match" | "mismatch" | "inconclusive";
  /** The numeric derivative; at a kink, the admissible one nearest to the analytic. */
  readonly numeric: number;
  readonly errorBar: number;
  readonly kink: boolean;
  /** The function has finite values on one side only, or on none. */
  readonly edge: boolean;
}

/** The slopes on both sides that steps of one size prove; the same one twice where the function is smooth. */
interface Finding {
  readonly kind: "slope" | "kink" | "jump";
  readonly right: Estimate;
  readonly left: Estimate;
  readonly bar: number;
  /** The largest of the steps that tell. */
  readonly reach: number;
}

/**
 * Compares an analytic derivative with the slope of a line at its origin.
 *
 * Steps shrink until the slopes from both sides agree, and further as long as analytic and numeric do not: a nearby kink spoils large steps
 * only. Where they never agree there is a kink, and any number between the slopes on both sides is right; at a jump, zero too.
 *
 * @param scale the size of the other derivatives in the same gradient: what an error bar is measured by, with the numeric one itself
 * @param slack how far off the analytic derivative may be by rounding
 */
export function judge(line: Line, analytic: number, scale: number, slack: number): Verdict {
  let findings: Finding[] = [];
  let rough = unknown;
  let edge = false;
  for (let reach = line.reach; reach > line.reach * deepest; reach /= descent) {
    const slopes = measureSlopes(line, reach);
    if (slopes.central.bar < rough.bar) rough = slopes.central;
    edge = !Number.isFinite(slopes.right.bar) || !Number.isFinite(slopes.left.bar);
    // What had a slope and then stands still is lost in rounding: smaller steps tell nothing.
    if (
      slopes.still &&
      findings.some(({ kind, right }) => kind === "slope" && Math.abs(right.value) > right.bar)
    )
      break;
    const limit = widestBar * sizeOf(slopes, line.rounding, analytic, scale);
    const interpreted = interpret(slopes, limit);
    const finding = interpreted && { ...interpreted, reach };
    findings = findings.filter(
      ({ right, left }) => agree(right, slopes.openRight) && agree(left, slopes.openLeft),
    );
    if (finding !== null) findings.push(finding);
    const nextNoise = slopes.noise * descent;
    const settled =
      finding !== null && (finding.bar <= sharpBar * Math.abs(analytic) || finding.bar <= nextNoise);
    if (settled && finding.kind === "slope" && admits(finding, analytic, slack)) break;
    // Large steps may show a slope that is far too small: only one that even the steepest seen would not stand out from ends the descent.
    if (!(nextNoise <= limit || nextNoise <= widestBar * steepest(slopes, analytic))) break;
  }
  const candidates = trusted(findings, scale);
  if (candidates.length === 0)
    return { outcome: "inconclusive", numeric: rough.value, errorBar: rough.bar, kink: false, edge };
  const finding = candidates.find((each) => admits(each, analytic, slack)) ?? separated(line, candidates[0]);
  const [low, high] = ends(finding);
  return {
    outcome: admits(finding, analytic, slack) ? "match" : "mismatch",
    numeric: analytic > low ? Math.min(analytic, high) : low,
    errorBar: finding.bar,
    kink: finding.kind !== "slope",
    edge,
  };
}

/** At a kink, the same with a choice of side for each output. */
function separated(line: Line, finding: Finding): Finding {
  const range = finding.kind === "slope" ? null : rangeByOutput(line, finding.reach);
  if (range === null) return finding;
  const { low, high, bar } = range;
  return { ...finding, kind: "kink", left: { value: low, bar }, right: { value: high, bar }, bar };
}

/** The findings that may decide, sharpest first: slopes about as sharp as the sharpest, or a kink where no steps see a slope. */
function trusted(findings: readonly Finding[], scale: number): Finding[] {
  const sorted = findings.toSorted((a, b) => a.bar - b.bar);
  const slopes = sorted.filter(({ kind }) => kind === "slope");
  if (slopes.length === 0) return sorted.slice(0, 1);
  const [{ bar, right }] = slopes;
  const enough = Math.max(sharpBar * Math.max(scale, Math.abs(right.value)), 4 * bar);
  return slopes.filter((finding) => finding.bar <= enough);
}

/**
 * What an error bar is measured by: the gradient, or, where that is zero but for rounding, the value itself.
 *
 * A gradient below 1e-6 of the value counts as that: were it exactly zero, its rounding noise would be its size.
 */
function sizeOf(
  { central, right, left, openRight, openLeft, magnitude, endNoise }: Slopes,
  rounding: Rounding,
  analytic: number,
  scale: number,
): number {
  const known = [central, right, left].filter(({ bar }) => Number.isFinite(bar));
  const lowest = [...known, openRight, openLeft].map(({ value, bar }) =>
    Number.isFinite(bar) ? Math.abs(value) - bar : 0,
  );
  const zero = Math.max(Math.abs(analytic), scale) <= 8 * rounding.relative * magnitude;
  if (zero && known.every(({ value, bar }) => Math.abs(value) <= bar && bar <= 1024 * endNoise))
    return magnitude;
  return Math.max(scale, 1e-6 * magnitude, ...lowest);
}

const steepest = ({ central, right, left }: Slopes, analytic: number): number =>
  Math.max(
    ...[central.value, right.value, left.value, analytic].map((value) =>
      Number.isFinite(value) ? Math.abs(value) : 0,
    ),
  );

type Interpretation = Omit<Finding, "reach">;

/** What the slopes prove; null where every bar is wider than `limit`. */
function interpret(
  { central, right, left, openRight, openLeft }: Slopes,
  limit: number,
): Interpretation | null {
  const [hasRight, hasLeft] = [Number.isFinite(right.bar), Number.isFinite(left.bar)];
  // At the end of the domain there is one side only.
  if (!hasRight || !hasLeft) return pointed(hasRight ? right : left, limit);
  if (Math.max(right.bar, left.bar) > 10 * limit) return between("jump", openRight, openLeft, limit);
  if (!agree(right, left)) return between("kink", right, left, limit);
  if (!agree(central, right) || !agree(central, left)) return null;
  const bar = Math.max(right.bar, left.bar);
  return pointed(central.bar <= bar ? central : { value: (right.value + left.value) / 2, bar }, limit);
}

const pointed = (estimate: Estimate, limit: number): Interpretation | null =>
  between("slope", estimate, estimate, limit);

function between(
  kind: Finding["kind"],
  right: Estimate,
  left: Estimate,
  limit: number,
): Interpretation | null {
  const bar = Math.max(right.bar, left.bar);
  return bar <= limit ? { kind, right, left, bar } : null;
}

const agree = (a: Estimate, b: Estimate): boolean => !(Math.abs(a.value - b.value) > a.bar + b.bar);

/** A jump has no derivative: the conventions for what jumps, such as zero for the sign, may leave less than the slopes beside it. */
function ends({ kind, right, left }: Finding): [low: number, high: number] {
  const slopes = [right.value, left.value, ...(kind === "jump" ? [0] : [])];
  return [Math.min(...slopes), Math.max(...slopes)];
}

function admits(finding: Finding, analytic: number, slack: number): boolean {
  const [low, high] = ends(finding);
  return analytic >= low - finding.bar - slack && analytic <= high + finding.bar + slack;
}
