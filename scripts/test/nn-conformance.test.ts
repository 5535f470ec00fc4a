import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { NnCase } from "../conformance/nn/case.ts";
import { runNn, subjectOf, verdict } from "../conformance/nn/run.ts";

// The short form of `pnpm conformance` for layers, optimizers and their like; scripts/conformance/generate-nn.py writes the cases:
// python3 generate-nn.py reference/nn.jsonl.gz --largest 6000
const file = new URL("../conformance/reference/nn.jsonl.gz", import.meta.url);
const cases = gunzipSync(readFileSync(file))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line): NnCase => JSON.parse(line));

it("PyTorch's cases of layers, optimizers, schedules, clipping and gains agree", () => {
  const results = runNn(cases);
  const wrong = results.flatMap(({ op, failures }) =>
    failures.map(({ index, detail }) => `${op}, case ${index}: ${detail}`),
  );
  expect(wrong).toEqual([]);
  expect(new Set(cases.map(({ kind }) => kind)).size).toBe(6);
  expect(results.length).toBeGreaterThan(70);
});

describe("a wrong answer", () => {
  const first = (subject: string) => {
    const found = cases.find((entry) => subjectOf(entry) === subject);
    if (found === undefined) return expect.fail(`no case of ${subject}`);
    expect(verdict(found)).toBeNull();
    return JSON.parse(JSON.stringify(found));
  };

  it("of a module is found in its outputs, its gradients and what it remembers", () => {
    const entry = cases.find((each) => each.kind === "module" && each.name === "BatchNorm1d" && each.train);
    expect(entry && verdict(entry)).toBeNull();
    const altered = (change: (copy: never) => { data: number[] }) => {
      const copy = JSON.parse(JSON.stringify(entry));
      change(copy as never).data[0] += 1e-5;
      return verdict(copy);
    };
    type Copy = Record<string, Record<string, { data: number[] }>>;
    expect(altered((copy: Copy) => copy.outputs[0])).toMatch(/^result 0: element 0 is/);
    expect(altered((copy: Copy) => copy.input_grads[0])).toMatch(/^gradient 0: element 0 is/);
    expect(altered((copy: Copy) => copy.state_after.running_mean)).toMatch(/^buffer 0: element 0 is/);
  });

  it("of an optimizer is found in its losses and steps", () => {
    const [lost, moved] = [first("optimizer Adam"), first("optimizer Adam")];
    lost.trajectory[7].loss *= 1 + 1e-6;
    moved.trajectory[19].y[1] += 1e-6;
    expect(verdict(lost)).toMatch(/^step 8: element 0 is/);
    expect(verdict(moved)).toMatch(/^step 20: element 1 is/);
  });

  it("of clipping and of gains is found", () => {
    const [norm, clipped, value, gain] = [
      first("clip_grad_norm"),
      first("clip_grad_norm"),
      first("clip_grad_value"),
      first("gain"),
    ];
    norm.total_norm *= 1 + 1e-7;
    clipped.clipped[0].data[0] += 1e-5;
    value.clipped[0].data[0] += 1e-5;
    gain.gain += 1e-5;
    expect(verdict(norm)).toMatch(/^element 0 is/);
    expect(verdict(clipped)).toMatch(/^gradient 0: element 0 is/);
    expect(verdict(value)).toMatch(/^gradient 0: element 0 is/);
    expect(verdict(gain)).toMatch(/^element 0 is/);
  });

  it("is what a class has that is not offered", () => {
    expect(verdict({ ...first("optimizer Adam"), name: "Nadir" })).toBe("not offered");
    expect(runNn([{ ...first("optimizer Adam"), name: "Nadir" }])[0]).toMatchObject({
      op: "optimizer Nadir",
      status: "failed",
    });
  });
});
