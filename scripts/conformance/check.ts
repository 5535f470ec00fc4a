import { add, gradients, mul, sum, type Tensor, zeros } from "@isograd/autograd";
import type { Call } from "./call.ts";
import { type Case, decode, readTensor, type StoredTensor } from "./case.ts";
import { difference, resultsOf, tolerances } from "./compare.ts";

/** Runs a case and compares value, first and second order: what is wrong, in words, or null. */
export function check(entry: Case, call: Call): string | null {
  const { args, kwargs, leaves } = decode(entry);
  const results = resultsOf(call(args, kwargs));
  if (results.length !== entry.outputs.length)
    return `${results.length} results, expected ${entry.outputs.length}`;
  for (const [k, expected] of entry.outputs.entries()) {
    const wrong = difference(results[k], expected, tolerances.value);
    if (wrong !== null) return `result ${k}: ${wrong}`;
  }
  if (entry.grads === undefined || entry.cotangents === undefined) return null;
  const second = entry.second_grads !== undefined && entry.second_cotangents !== undefined;
  const first = weighted(
    entry.cotangents.map(({ output }) => results[output]),
    entry.cotangents,
  );
  const found = pull(first, leaves, second);
  for (const [k, expected] of entry.grads.entries()) {
    const wrong = difference(found[k], expected, tolerances.gradient);
    if (wrong !== null) return `gradient ${k}: ${wrong}`;
  }
  if (!second) return null;
  const curved = pull(weighted(found, entry.second_cotangents as (StoredTensor | null)[]), leaves, false);
  for (const [k, expected] of (entry.second_grads as (StoredTensor | null)[]).entries()) {
    const wrong = difference(curved[k], expected, tolerances.second);
    if (wrong !== null) return `second order ${k}: ${wrong}`;
  }
  return null;
}

/** The weighted sum of each tensor that carries a gradient. */
function weighted(tensors: readonly Tensor[], weights: readonly (StoredTensor | null)[]): Tensor[] {
  return tensors.flatMap((x, k) => {
    const weight = weights[k];
    return weight === null || !x.requiresGrad ? [] : [sum(mul(x, readTensor(weight)))];
  });
}

function pull(totals: readonly Tensor[], leaves: readonly Tensor[], createGraph: boolean): Tensor[] {
  const start: Tensor[] = leaves.map(({ shape, dtype }) => zeros(shape, dtype));
  return totals.reduce<Tensor[]>((before, total) => {
    const found = gradients(total, leaves, { createGraph, retainGraph: true });
    return before.map((sofar, k) => add(sofar, found[k]));
  }, start);
}
