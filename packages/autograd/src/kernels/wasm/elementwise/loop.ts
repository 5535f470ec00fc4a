import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as f32x4 from "../assembler/instructions/f32x4.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, set } from "../assembler/local.ts";
import type { Expression, Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { Body } from "./body.ts";
import { type PlainRule, plainRules } from "./plain.ts";
import type { Program } from "./program.ts";

/** How as many numbers are read and written as are computed with at a time. */
interface Access {
  load(address: Local<"i32">): Vector;
  store(address: Expression<"i32">, value: Vector): Statement;
}

const asTheyAre: Access = { load: (address) => v128.load(address), store: v128.store };

/** Single-precision numbers that are computed with in double precision are rounded once, as in the plain loops. */
const widened: Access = {
  load: (address) => f64x2.promoteLowF32x4(v128.load64Zero(address)),
  store: (address, value) => v128.store64Lane(address, f32x4.demoteF64x2Zero(value), 0),
};

/**
 * The loop over one program, a vector of numbers at a time.
 *
 * Its parameters: where the result begins and ends, then for each operand where it begins and its step in bytes.
 */
export function writeLoop({ arity, precision, format, steps }: Program) {
  const bytes = precision === "f32" ? 4 : 8;
  const { load, store } = bytes === format.width ? asTheyAre : widened;
  const body = new Body(format);
  const [out, end] = [local("i32", "out"), local("i32", "end")];
  const places = Array.from({ length: arity }, () => local("i32", "operand"));
  const strides = Array.from({ length: arity }, () => local("i32", "stride"));
  const values: Vector[] = [];
  const masks: boolean[] = [];
  for (const step of steps) {
    masks.push(false);
    if (step.kind === "operand") values.push(body.keep(load(places[step.position]), "x"));
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
  const last = values.length - 1;
  const result = masks[last] ? asNumber(body, values[last]) : values[last];
  const advance = places.map((place, k) => set(place, i32.add(place, strides[k])));
  return func({
    name: "loop",
    parameters: [out, end, ...places.flatMap((place, k) => [place, strides[k]])],
    body: [
      ...body.constants,
      countedLoop(out, out, end, bytes * format.count, [...body.statements, store(out, result), ...advance]),
    ],
  });
}

const asNumber = (body: Body, mask: Vector): Vector => v128.and(mask, body.number(1));
