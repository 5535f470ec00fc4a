import type { ActivationFacts, Tensor } from "@isograd/autograd";
import type { UnitReport } from "../diagnosis.ts";
import { factsOf, healthyShare, saturatedSides, unlessUnknown } from "../flow/flatness.ts";
import { slopeShare, slopesOf } from "../flow/measure.ts";
import type { ActivationUse } from "../trace/network.ts";

/** The units of a layer: the channels of images, whose weights stand in front of the signal, else the last axis. */
function unitAxis(x: Tensor, { contraction }: ActivationUse): number {
  return x.rank === 4 && contraction?.weightFirst !== false ? 1 : x.rank - 1;
}

/** Counts the dead and the saturated units of one activation layer over the whole batch, by the slope that each element met. */
export const reportUnits = (use: ActivationUse): UnitReport => reportUnitsBy(use, factsOf);

/** The same, by what `facts` knows of the activation. */
export function reportUnitsBy(
  use: ActivationUse,
  facts: (use: ActivationUse) => ActivationFacts,
): UnitReport {
  const slopes = slopesOf(use);
  const axis = unitAxis(slopes, use);
  const units = slopes.rank === 0 ? 1 : slopes.shape[axis];
  const inner = slopes.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const { edges, expectedDead, expectedSaturated, largestSlope } = expectationsOf(use, facts);
  const [low, high] = [edges.below ?? Number.NEGATIVE_INFINITY, edges.above ?? Number.POSITIVE_INFINITY];
  const [steep, flat] = [new Int32Array(units), new Int32Array(units)];
  const [values, places] = [slopes.values(), use.inputs[0].values()];
  for (let at = 0; at < values.length; ) {
    for (let unit = 0; unit < units; unit++) {
      for (const end = at + inner; at < end; at++) {
        if (values[at] !== 0) steep[unit]++;
        if (places[at] < low || places[at] > high) flat[unit]++;
      }
    }
  }
  const examples = slopes.size / units;
  return {
    place: use.contraction?.place ?? use.place,
    activation: use.activation.name,
    units,
    examples,
    dead: steep.filter((count) => count === 0).length,
    saturated: flat.filter((count) => count > examples / 2).length,
    passed: Math.sqrt(slopeShare(use, slopes)) / largestSlope,
    expectedDead,
    expectedSaturated,
  };
}

/** Of a function whose facts are not known, anything may be expected. */
const unknown: Expectations = {
  edges: { below: null, above: null },
  expectedDead: 1,
  expectedSaturated: 1,
  largestSlope: Number.NaN,
};

interface Expectations {
  readonly edges: ActivationFacts["flat"];
  readonly expectedDead: number;
  readonly expectedSaturated: number;
  readonly largestSlope: number;
}

/** Where nothing is learnt the facts of an activation stay, and what follows from them takes as long as counting. */
const known = /* @__PURE__ */ new WeakMap<ActivationFacts, Expectations>();

function expectationsOf(use: ActivationUse, facts: (use: ActivationUse) => ActivationFacts): Expectations {
  return (
    unlessUnknown(() => {
      const present = facts(use);
      const found = known.get(present) ?? expectationsFrom(present);
      known.set(present, found);
      return found;
    }) ?? unknown
  );
}

function expectationsFrom(facts: ActivationFacts): Expectations {
  const edges = saturatedSides(facts);
  return {
    edges,
    expectedDead: healthyShare(facts.flat),
    expectedSaturated: healthyShare(edges),
    largestSlope: facts.lipschitz,
  };
}
