import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { add, exp, mul, noGrad, type Tensor, tanh } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { call, NotOffered } from "../conformance/call.ts";
import type { Case } from "../conformance/case.ts";
import { check } from "../conformance/check.ts";
import { mapping } from "../conformance/mapping/index.ts";
import { run } from "../conformance/run.ts";
import { skipped } from "../conformance/skipped.ts";

// The short form of `pnpm conformance`: a few of PyTorch's own cases for each operator; scripts/conformance/generate.py writes them.
const file = new URL("../conformance/reference/opinfo.jsonl.gz", import.meta.url);
const cases = gunzipSync(readFileSync(file))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line): Case => JSON.parse(line));

describe("PyTorch's operator cases", () => {
  const operators = run(cases, mapping, skipped);

  it("agree in value, first and second order", () => {
    const wrong = operators.flatMap(({ op, failures }) =>
      failures.map(({ index, detail }) => `${op}, case ${index}: ${detail}`),
    );
    expect(wrong).toEqual([]);
    expect(operators.filter(({ status }) => status === "passed").length).toBeGreaterThan(400);
  });

  it("are skipped for a reason that is written down, and for no other", () => {
    const reasons = operators.filter(({ status }) => status === "skipped").map(({ op }) => op);
    expect(reasons.filter((op) => !Object.hasOwn(skipped, op))).toEqual([]);
    expect(Object.keys(skipped).filter((op) => Object.hasOwn(mapping, op))).toEqual([]);
  });
});

describe("a wrong operator", () => {
  const [entry] = cases.filter(({ op }) => op === "tanh");
  const verdict = (f: (x: Tensor) => unknown): string | null =>
    check(
      entry,
      call("input", ({ input }) => f(input)),
    );

  it("is found by its value, its gradient, or the gradient's gradient", () => {
    expect(verdict(tanh)).toBeNull();
    expect(verdict((x) => mul(tanh(x), 1 + 1e-8))).toMatch(/^result 0: element \d+ is/);
    expect(verdict((x) => noGrad(() => tanh(x)))).toMatch(/^gradient 0: /);
    expect(
      verdict((x) =>
        add(
          noGrad(() => add(tanh(x), mul(exp(x), -1))),
          exp(x),
        ),
      ),
    ).toMatch(/^gradient 0: /);
    expect(verdict((x) => [tanh(x), x])).toBe("2 results, expected 1");
  });

  it("counts, and an operator that declines one case is skipped whole", () => {
    const both = cases.filter(({ op }) => op === "tanh").flatMap((each) => [each, each]);
    const throwing = {
      tanh: call("input", () => {
        throw new TypeError("no");
      }),
    };
    const declining = {
      tanh: call("input", () => {
        throw new NotOffered("too cold");
      }),
    };
    expect(run(both, throwing, {})[0]).toMatchObject({
      status: "failed",
      passed: 0,
      failures: [{ detail: "throws TypeError: no" }, {}],
    });
    expect(run(both, declining, {})[0]).toMatchObject({
      status: "skipped",
      skipped: both.length,
      reason: "too cold",
    });
    expect(run(both, {}, {})[0]).toMatchObject({ status: "skipped", reason: "not offered" });
  });
});

describe("call", () => {
  it("binds arguments as Python does", () => {
    const bind = call("input dim=-1 *rest", (bound) => bound);
    expect(bind([7], {})).toEqual({ input: 7, dim: -1, rest: [] });
    expect(bind([7, 8, 9, 10], {})).toEqual({ input: 7, dim: 8, rest: [9, 10] });
    expect(bind([7], { dim: 2 })).toEqual({ input: 7, dim: 2, rest: [] });
    expect(() => call("input", (bound) => bound)([1, 2], {})).toThrow('2 arguments for "input"');
    expect(() => bind([1], { axis: 0 })).toThrow('no parameter "axis"');
  });
});
