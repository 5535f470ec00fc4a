import { callSite } from "./anomaly/call-site.ts";
import { type AnomalyChecks, context, withContext } from "./context.ts";
import { isFloating } from "./dtype.ts";
import { NonFiniteError, type NonFiniteOrigin } from "./errors.ts";
import { concrete } from "./mapped.ts";
import type { Cotangents, Node, Op, Tensor } from "./tensor.ts";

/**
 * Runs `f` in anomaly mode: the first operation, forward or backward, whose result is not finite throws a `NonFiniteError` with its
 * scope path, the ranges of its operands and the user's source line.
 *
 * @see torch.autograd.detect_anomaly
 * @example
 * detectAnomaly(() => log(tensor([2, -1]))); // throws NonFiniteError
 * // The value is 0, but the slope there is infinite.
 * detectAnomaly(() => backward(sqrt(parameter(0)))); // throws NonFiniteError
 */
export function detectAnomaly<R>(f: () => R): R {
  return withContext({ anomaly: checks, detecting: checks, site: undefined }, f);
}

const checks: AnomalyChecks = {
  callSite,
  operation: (op, node, inputs, outputs) => {
    const site = context.site ?? callSite();
    if (node !== null) node.site = site;
    checkResult(op, inputs, outputs, site);
  },
  checkCotangent,
  summed: (node, parts, f) => {
    const sum = unchecked(node, f);
    checkCotangent(node, "the sum of the cotangents that arrive", sum, parts);
    return sum;
  },
  pulled: (node, position, from, f) => {
    const result = unchecked(node, f);
    const what = node.arity === 1 ? "the cotangent" : `the cotangent of input ${position}`;
    if (result !== null) checkCotangent(node, what, result, from, node.inputs);
    return result;
  },
  pushed: (node, from, f) => {
    const found = unchecked(node, f);
    for (const tangent of found) if (tangent !== null) checkTangent(node, tangent, from);
    return found;
  },
};

/** Runs what is computed for `node` without looking at each operation. */
const unchecked = <R>(node: Node, f: () => R): R => withContext({ anomaly: null, site: node.site }, f);

const isBad = (value: number): boolean => !Number.isFinite(value);

/** The first element that is NaN or infinite, or that `bad` tells, and where; null if there is none. */
export function firstNonFinite(
  x: Tensor,
  bad: (value: number) => boolean = isBad,
): { readonly value: number; readonly index: number[] } | null {
  if (!isFloating(x.dtype)) return null;
  const values = x.values();
  for (let i = 0; i < values.length; i++) {
    if (!bad(values[i])) continue;
    const index: number[] = [];
    let rest = i;
    for (let axis = x.rank - 1; axis >= 0; axis--) {
      index.unshift(rest % x.shape[axis]);
      rest = Math.floor(rest / x.shape[axis]);
    }
    return { value: values[i], index };
  }
  return null;
}

/** An operand in words: shape, range of its finite elements, and how many are not finite. */
export function rangeOf(x: Tensor): string {
  let [low, high, bad] = [Infinity, -Infinity, 0];
  for (const value of concrete(x).values()) {
    if (!Number.isFinite(value)) bad++;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const range =
    low > high ? "no finite element" : `in [${Number(low.toPrecision(4))}, ${Number(high.toPrecision(4))}]`;
  return `[${x.shape.join(", ")}] ${range}${bad > 0 ? `, ${bad} not finite` : ""}`;
}

/** What is not finite in a tensor, and where, in words. */
function faultOf(x: Tensor, bad?: (value: number) => boolean): string | null {
  const all = concrete(x);
  const found = firstNonFinite(all, bad);
  if (found === null) return null;
  const [example, place] = [found.index.slice(0, all.rank - x.rank), found.index.slice(all.rank - x.rank)];
  return `${found.value} at [${place.join(", ")}]${example.length > 0 ? ` of example ${example.join(", ")}` : ""}`;
}

/**
 * Refuses a result with NaN, or with an infinity that no operand brought: masks are made of infinities.
 *
 * @throws NonFiniteError
 */
function checkResult(
  { name: operation }: Op,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  site: string | undefined,
): void {
  for (const output of outputs) {
    let fault = faultOf(output);
    if (fault === null) continue;
    if (inputs.some((input) => firstNonFinite(concrete(input), isInfinite) !== null))
      fault = faultOf(output, Number.isNaN);
    if (fault === null) continue;
    const { scope } = context;
    const culprit = `${operation}${scope === "" ? "" : ` in ${scope}`}`;
    const operands = inputs.map(rangeOf);
    throw culpritError(`${culprit}: the result is ${fault}`, {
      operation,
      direction: "forward",
      scope,
      site,
      operands,
    });
  }
}

const isInfinite = (value: number): boolean => value === Infinity || value === -Infinity;

/**
 * Refuses a cotangent that is not finite, found while a sweep is at `node`.
 *
 * @param what what it is, in words
 * @param from the cotangents that it was made from
 * @param read what else went in
 * @throws NonFiniteError
 */
function checkCotangent(
  node: Node,
  what: string,
  cotangent: Tensor,
  from: Cotangents,
  read: readonly (Tensor | undefined)[] = [],
): void {
  const fault = faultOf(cotangent);
  if (fault === null) return;
  const operands = [...rangesOf("cotangent ", from), ...rangesOf("", read)];
  throw nodeError(`backward of ${node.label}: ${what} is ${fault}`, node, "backward", operands);
}

/** Refuses a tangent that is not finite, which forward mode found at `node` from those of its inputs. @throws NonFiniteError */
function checkTangent(node: Node, tangent: Tensor, from: Cotangents): void {
  const fault = faultOf(tangent);
  if (fault === null) return;
  const operands = [...rangesOf("tangent ", from), ...rangesOf("", node.inputs)];
  throw nodeError(`tangent of ${node.label}: it is ${fault}`, node, "forward", operands);
}

const rangesOf = (name: string, tensors: readonly (Tensor | null | undefined)[]): string[] =>
  tensors.flatMap((x) => (x === null || x === undefined ? [] : [`${name}${rangeOf(x)}`]));

function nodeError(
  what: string,
  node: Node,
  direction: NonFiniteOrigin["direction"],
  operands: string[],
): NonFiniteError {
  const { scope, op } = node;
  return culpritError(what, {
    operation: op?.name ?? "leaf",
    direction,
    scope,
    site: node.site ?? callSite(),
    operands,
  });
}

function culpritError(what: string, origin: NonFiniteOrigin): NonFiniteError {
  const operands = origin.operands.length === 0 ? "" : `; operands: ${origin.operands.join("; ")}`;
  const site = origin.site === undefined ? "" : `; at ${origin.site}`;
  return new NonFiniteError(`${what}${operands}${site}`, origin);
}
