import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, set } from "../assembler/local.ts";
import type { Expression, Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { Body, type Precision } from "./body.ts";
import type { Format } from "./format.ts";
import { type PlainRule, plainRules } from "./plain.ts";
import type { Program, Step } from "./program.ts";

/** How as many numbers are read and written as are computed with at a time. */
interface Access {
  load(address: Local<"i32">, offset?: number): Vector;
  store(address: Expression<"i32">, value: Vector, offset?: number): Statement;
}

const asTheyAre: Access = { load: (address, offset) => v128.load(address, offset), store: v128.store };

/** Single-precision numbers that are computed with in double precision are rounded once, as in the plain loops. */
const widened: Access = {
  load: (address, offset) => f64x2.promoteLowF32x4(v128.load64Zero(address, offset)),
  store: (address, value, offset) => v128.store64Lane(address, f32x4.demoteF64x2Zero(value), 0, offset),
};

export const widthOf = (precision: Precision): number => (precision === "f32" ? 4 : 8);

export const accessOf = (precision: Precision, { width }: Format): Access =>
  widthOf(precision) === width ? asTheyAre : widened;

/**
 * The loop over one program, a vector of numbers at a time.
 *
 * Its parameters: where the result begins and ends, then for each operand where it begins and its step in bytes.
 */
export function writeLoop({ arity, precision, format, steps }: Program) {
  const { load, store } = accessOf(precision, format);
  const body = new Body(format);
  const [out, end] = [local("i32", "out"), local("i32", "end")];
  const places = Array.from({ length: arity }, () => local("i32", "operand"));
  const strides = Array.from({ length: arity }, () => local("i32", "stride"));
  const numberAt = writeSteps(body, steps, (position) => load(places[position]));
  const result = numberAt(steps.length - 1);
  const advance = places.map((place, k) => set(place, i32.add(place, strides[k])));
  return func({
    name: "loop",
    parameters: [out, end, ...places.flatMap((place, k) => [place, strides[k]])],
    body: [
      ...body.constants,
      countedLoop(out, out, end, widthOf(precision) * format.count, [
        ...body.statements,
        store(out, result),
        ...advance,
      ]),
    ],
  });
}

/**
 * Writes the steps into the body.
 *
 * @param load how an operand is read
 * @returns the value of each, truth values as 0 and 1
 */
export function writeSteps(
  body: Body,
  steps: readonly Step[],
  load: (position: number) => Vector,
): (at: number) => Vector {
  const values: Vector[] = [];
  const masks: boolean[] = [];
  for (const step of steps) {
    masks.push(false);
    if (step.kind === "operand") values.push(body.keep(load(step.position), "x"));
    else if (step.kind === "constant") values.push(body.number(step.value));
    else {
      const rule: PlainRule = typeof step.rule === "string" ? plainRules[step.rule] : step.rule;
      const operands = step.steps.map((at, k) => {
        const toTruth = rule.truths?.[k];
        if (masks[at] === (toTruth !== undefined)) return values[at];
        return body.keep(toTruth === undefined ? asNumber(body, values[at]) : toTruth(body, values[at]));
      });
      values.push(body.keep(rule.emit(body, ...operands)));
      masks[values.length - 1] = rule.logical === true;
    }
  }
  return (at) => (masks[at] ? asNumber(body, values[at]) : values[at]);
}

const asNumber = (body: Body, mask: Vector): Vector => v128.and(mask, body.number(1));
