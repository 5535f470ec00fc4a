import { describe, expect, it } from "vitest";
import {
  block,
  branch,
  branchIf,
  drop,
  leave,
  loop,
  select,
  unreachable,
  when,
} from "../../../../src/kernels/wasm/assembler/control.ts";
import { countedLoop } from "../../../../src/kernels/wasm/assembler/counted-loop.ts";
import { call, func } from "../../../../src/kernels/wasm/assembler/func.ts";
import { instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import * as f64 from "../../../../src/kernels/wasm/assembler/instructions/f64.ts";
import * as i32 from "../../../../src/kernels/wasm/assembler/instructions/i32.ts";
import { local, locals, set, tee } from "../../../../src/kernels/wasm/assembler/local.ts";
import type { Expression, Local, Statement } from "../../../../src/kernels/wasm/assembler/term.ts";
import { minimum, roundUp } from "../../../../src/kernels/wasm/assembler/whole-number.ts";
import { host } from "./run-term.ts";

const [n, sum, i, j] = locals("i32", "n", "sum", "i", "j");

/** A function of one number. */
function compiled(
  body: readonly Statement[],
  returns: Expression<"i32">,
  parameters: readonly Local<"i32">[] = [n],
) {
  const run = func({ name: "run", parameters, body, returns });
  return instantiate(host, { exports: { run } }).run as (...values: number[]) => number;
}

const add = (target: Local<"i32">, value: Expression<"i32"> | number) => set(target, i32.add(target, value));

describe("control", () => {
  it("leaves blocks and repeats loops", () => {
    const sumBelow = compiled(
      [
        block((exit) => [
          branchIf(exit, i32.leS(n, 0)),
          loop((again) => [add(sum, i), add(i, 1), branchIf(again, i32.ltS(i, n))]),
        ]),
      ],
      sum,
    );
    expect([-1, 0, 1, 5].map((value) => sumBelow(value))).toEqual([0, 0, 0, 10]);
  });

  it("branches out of several blocks at once", () => {
    const firstSquareFrom = compiled(
      [
        block((found) => [
          loop((nextRow) => [
            set(j, 0),
            loop((nextColumn) => [
              when(i32.and(i32.eq(i, j), i32.geS(i32.mul(i, j), n)), [
                set(sum, i32.mul(i, j)),
                branch(found),
              ]),
              add(j, 1),
              branchIf(nextColumn, i32.leS(j, i)),
            ]),
            add(i, 1),
            branch(nextRow),
          ]),
        ]),
      ],
      sum,
    );
    expect([0, 2, 10, 99].map((value) => firstSquareFrom(value))).toEqual([0, 4, 16, 100]);
  });

  it("chooses", () => {
    const sign = compiled(
      [when(i32.ltS(n, 0), [set(sum, -1)], [when(n, [set(sum, 1)])])],
      i32.add(sum, i32.mul(10, select(i32.const(1), i32.const(2), i32.ltS(n, 0)))),
    );
    expect([-5, 0, 7].map((value) => sign(value))).toEqual([9, 20, 21]);
  });

  it("leaves the function early", () => {
    const positive = compiled([when(i32.ltS(n, 0), [leave(i32.const(-1))])], n);
    expect([positive(-5), positive(5)]).toEqual([-1, 5]);
    const trap = func({ name: "trap", parameters: [], body: [leave(), unreachable()] });
    expect(instantiate(host, { exports: { trap } }).trap()).toBeUndefined();
    const reached = func({ name: "reached", parameters: [], body: [unreachable()] });
    expect(() => instantiate(host, { exports: { reached } }).reached()).toThrow("unreachable");
  });

  it("assigns and leaves the value", () => {
    const twice = compiled([drop(tee(sum, i32.add(n, 1)))], i32.add(tee(i, i32.add(n, 2)), i32.add(i, sum)));
    expect(twice(10)).toBe(12 + 12 + 11);
  });

  it("counts", () => {
    const countFrom = compiled([countedLoop(i, n, 10, 3, [add(sum, 1)])], sum);
    expect([0, 1, 9, 10, 11].map((value) => countFrom(value))).toEqual([4, 3, 1, 0, 0]);
  });

  it("finds the smaller number and the next multiple", () => {
    const smaller = compiled([], minimum(n, i), [n, i]);
    expect([smaller(-1, 3), smaller(3, -1), smaller(2, 2)]).toEqual([-1, -1, 2]);
    const rounded = compiled([], roundUp(n, 6));
    expect([0, 1, 6, 7].map((value) => rounded(value))).toEqual([0, 6, 6, 12]);
  });

  it("refuses a branch to a block that it does not stand in", () => {
    let outside: Statement | undefined;
    const first = block((exit) => {
      outside = branch(exit);
      return [];
    });
    const body = [first, outside as unknown as Statement];
    expect(() => compiled(body, n)).toThrowErrorMatchingInlineSnapshot(
      `[Error: run: branch to "exit" from outside of its block]`,
    );
  });

  it("calls functions with their types", () => {
    const x = local("f64", "x");
    const half = func({ name: "half", parameters: [x], body: [], returns: f64.div(x, 2) });
    const quarter = func({ name: "quarter", parameters: [x], body: [], returns: call(half, call(half, x)) });
    expect(instantiate(host, { exports: { quarter } }).quarter(10)).toBe(2.5);
  });

  it("evaluates expressions of any depth", () => {
    let deep: Expression<"i32"> = n;
    for (let k = 0; k < 20_000; k++) deep = i32.add(1, deep);
    expect(compiled([], deep)(5)).toBe(20_005);
  });
});
