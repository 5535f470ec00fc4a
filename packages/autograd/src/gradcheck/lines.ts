import { noGrad } from "../context.ts";
import { isFloating } from "../dtype.ts";
import { GraphError } from "../errors.ts";
import { cast } from "../ops/elementwise/cast.ts";
import type { Tensor } from "../tensor.ts";
import { type Line, magnitudeOf, type Rounding, type Sample, type Selection } from "./line.ts";
import { excess, noisePlaces, scatter } from "./noise.ts";
import type { Output, Program } from "./program.ts";
import { elementAt, moved, nudged, roundingOf, type Variable } from "./variable.ts";

/** A program around its point: what is evaluated there serves any weights of the outputs. */
export interface Neighbourhood {
  /**
   * @param weights  the cotangents, one after the other
   * @param smallest the least magnitude that counts: a gradient is zero if it is small beside the values that it is the gradient of
   */
  weighted(weights: Float64Array, smallest: number): Surroundings;
}

/** Lines through the point of a program whose outputs are weighted. */
export interface Surroundings {
  /** The line on which one element of a variable moves. */
  element(variable: number, index: number): Line;
  /** The line on which a variable moves as a whole. */
  direction(variable: number, direction: Float64Array): Line;
  /** How many times more the function rounds than a single operation would. */
  readonly roughness: number;
  /** The size of the weighted outputs. */
  readonly magnitude: number;
  readonly rounding: Rounding;
}

/** The power of two just below a number, at least 1: steps that are powers of two are added without rounding. */
export const unitOf = (value: number): number =>
  Math.abs(value) < 2 ? 1 : 2 ** Math.floor(Math.log2(Math.abs(value)));

/**
 * @param count how many numbers the program returns
 * @param signs +1 or -1 for each element of all variables: the direction in which rounding noise is measured
 * @param keep  whether to remember what is evaluated where one element moves: for few numbers, asked for with many weights
 */
export function neighbourhoodOf(
  program: Program,
  count: number,
  signs: readonly Float64Array[],
  keep: boolean,
): Neighbourhood {
  const { variables } = program;
  const values = variables.map(({ tensor }) => tensor);
  const evaluate = (changed: readonly Tensor[]): Float64Array => {
    const flat = flatten(noGrad(() => program.run(changed)));
    if (flat.length === count) return flat;
    throw new GraphError("checkGradients", "expected a function that returns as many numbers at every call");
  };
  const replaced = (k: number, tensor: Tensor): Tensor[] =>
    values.map((value, j) => (j === k ? tensor : value));
  const everything = (step: number): Tensor[] =>
    variables.map((variable, k) => moved(variable, (j, value) => value + step * unitOf(value) * signs[k][j]));
  const origin: Sample = { step: 0, values: evaluate(values) };
  const single = values.some(({ dtype }) => dtype === "f32");
  const rounding = roundingOf(single ? "f32" : "f64");
  const nearby = [1, -1].map((side) =>
    noisePlaces.map((place) => evaluate(everything((side * place * Math.sqrt(rounding.relative)) / 64))),
  );
  const around = (single ? noisePlaces : []).map((place) => {
    const inputs = everything((place % 2 === 0 ? place : -place) / 128);
    return { values: evaluate(inputs), exact: evaluate(inputs.map((x) => cast(x, "f64"))) };
  });
  const known = new Map<string, Sample>();
  const elementMoved = (k: number, index: number, step: number): Sample => {
    const key = `${k} ${index} ${step}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { tensor, step: gone } = nudged(variables[k], index, step);
    const sample = { step: gone, values: evaluate(replaced(k, tensor)) };
    if (keep) known.set(key, sample);
    return sample;
  };
  const allMoved = (k: number, direction: Float64Array, step: number): Sample => {
    const along = moved(variables[k], (j, value) => value + step * direction[j]);
    return { step, values: evaluate(replaced(k, along)) };
  };
  return {
    weighted: (weights, smallest) => {
      const noise = (counts: Selection): number => {
        // A kink close by on one side must not pass for noise: the quieter side tells.
        const measured = Math.min(...nearby.map((probes) => scatter(probes, weights, counts)));
        return Math.max(measured, excess(around, weights, counts));
      };
      const line = (reach: number, unit: number, at: (step: number) => Sample): Line => ({
        at: (step) => (step === 0 ? origin : at(step)),
        weights,
        reach,
        unit,
        rounding,
        smallest,
        noise,
      });
      const magnitude = magnitudeOf(weights, origin);
      const ratio = noise(() => true) / (rounding.relative * magnitude);
      return {
        element: (k, index) => {
          const unit = unitOf(elementAt(variables[k], index));
          return line(unit / 16, unit, (step) => elementMoved(k, index, step));
        },
        direction: (k, direction) => line(1 / 16, 1, (step) => allMoved(k, direction, step)),
        roughness: Number.isFinite(ratio) ? Math.max(1, ratio) : 1,
        magnitude: Math.max(smallest, magnitude),
        rounding,
      };
    },
  };
}

/** All elements of all outputs, one after the other. */
export function flatten(outputs: readonly Output[]): Float64Array {
  const arrays = outputs
    .filter(({ tensor }) => isFloating(tensor.dtype))
    .map(({ tensor }) => tensor.values());
  const flat = new Float64Array(arrays.reduce((total, { length }) => total + length, 0));
  let next = 0;
  for (const array of arrays) {
    flat.set(array, next);
    next += array.length;
  }
  return flat;
}

/** A direction for a variable: each element moves by a good part of its own size. */
export const directionOf = ({ positions, tensor }: Variable, draws: Float64Array): Float64Array =>
  Float64Array.from(positions, (position, k) => {
    // Eighths of powers of two: what is added is exact.
    const eighths = 4 + Math.floor(5 * Math.abs(draws[k]));
    return (Math.sign(draws[k]) * unitOf(tensor.data[position]) * eighths) / 8;
  });
