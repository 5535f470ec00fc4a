/** What kind of mistake leaves such a trace, as a word to branch on; `cause` says it in a sentence. */
export type Suspect =
  | "sign"
  | "factor"
  | "transposed"
  | "reversed"
  | "axis"
  | "element"
  | "term"
  | "disconnected"
  | "not finite"
  | "kink"
  | "domain"
  | "noise"
  | "nondeterministic"
  | "mutation"
  | "layout"
  | "cotangent"
  | "forward mode";

/** One derivative that is wrong, or that could not be judged. */
export interface GradientFailure {
  readonly kind:
    | "mismatch"
    | "inconclusive"
    | "nondeterministic"
    | "mutation"
    | "layout"
    | "cotangent"
    | "forward";
  /** 1 for a gradient, 2 for the gradient of a gradient. */
  readonly order: number;
  /** Which input: its keys joined by dots; empty where there is only one. */
  readonly path: string;
  /** Which element; null where the whole input is meant. */
  readonly index: readonly number[] | null;
  /** The direction in which all elements moved together, counted from 0; null where one moved alone. */
  readonly direction: number | null;
  /** Which single output was differentiated, as in `y[0, 2]`; null where all were, weighted by a random cotangent. */
  readonly output: string | null;
  /** What reverse mode says. */
  readonly analytic: number;
  /** What differences of values say; at a kink, the slope nearest to `analytic`. */
  readonly numeric: number;
  /** How far off `numeric` may be. */
  readonly errorBar: number;
  /** What kind of mistake leaves such a trace: a word, and a sentence. */
  readonly suspect: Suspect;
  readonly cause: string;
}

export interface GradientReport {
  /** No failure, and nothing inconclusive. */
  readonly ok: boolean;
  readonly failures: readonly GradientFailure[];
  /** Derivatives whose error bar is wider than 1e-4 of the gradient: neither right nor wrong. */
  readonly inconclusive: readonly GradientFailure[];
  /** How many derivatives were compared. */
  readonly compared: number;
  /** How many of them lie at a kink or jump, where any number between the slopes on both sides is right. */
  readonly kinks: number;
  /** How many derivatives of single outputs were compared besides. */
  readonly jacobian: number;
  /** Inputs on which no output depends: their gradient is zero, and rightly so. */
  readonly disconnected: readonly string[];
}

/**
 * The findings as text: a line each, the worst first.
 *
 * @example
 * const report = checkGradients((x: Tensor) => square(x), tensor(3, { dtype: "f64" }));
 * describeReport(report); // "0 wrong and 0 inconclusive of 3 derivatives, 0 at kinks"
 */
export function describeReport({ failures, inconclusive, compared, kinks }: GradientReport): string {
  const head = `${failures.length} wrong and ${inconclusive.length} inconclusive of ${compared} derivatives, ${kinks} at kinks`;
  const listed = [...failures, ...inconclusive];
  const lines = listed.slice(0, longest).map(describeFailure);
  return [head, ...lines, ...(listed.length > longest ? [`  and ${listed.length - longest} more`] : [])].join(
    "\n",
  );
}

const longest = 10;

function describeFailure({
  kind,
  order,
  path,
  index,
  direction,
  output,
  analytic,
  numeric,
  errorBar,
  cause,
}: GradientFailure): string {
  const input = path === "" ? "the input" : path;
  const place =
    index !== null
      ? `${input}[${index.join(", ")}]`
      : direction === null
        ? input
        : `${input} along direction ${direction}`;
  const which = `${output === null ? "" : ` to ${output}`}${order === 1 ? "" : ` in order ${order}`}`;
  if (kind === "forward")
    return `  ${place}${which}: forward mode gives ${short(analytic)}, reverse mode gives ${short(numeric)}; ${cause}`;
  if (kind !== "mismatch" && kind !== "inconclusive") return `  ${place}${which}: ${cause}`;
  const numbers = `reverse mode gives ${short(analytic)}, differences give ${short(numeric)} ± ${short(errorBar)}`;
  return `  ${place}${which}: ${numbers}; ${cause}`;
}

const short = (value: number): string => String(Number(value.toPrecision(8)));
