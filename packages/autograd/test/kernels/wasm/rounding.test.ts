import { afterEach, expect, it } from "vitest";
import { isDeterministic, setDeterministic } from "../../../src/index.ts";
import { MatrixMultiplier } from "../../../src/kernels/matrix-multiplier.ts";
import { Arena } from "../../../src/kernels/wasm/arena.ts";
import { tileFor } from "../../../src/kernels/wasm/gemm/kernels.ts";
import { f32Lanes } from "../../../src/kernels/wasm/lanes.ts";
import { matrixOf } from "../matrices.ts";
import { host } from "./assembler/run-term.ts";

afterEach(() => {
  setDeterministic(false);
});

/** The host, claiming to know an instruction that multiplies and adds, or not. */
function hostThat(knows: boolean) {
  const { Module, Instance, Memory } = host;
  return { Module, Instance, Memory, validate: () => knows };
}

it("rounds each product and sum by itself where that is asked for, whatever the host could", () => {
  expect(isDeterministic()).toBe(false);
  const relaxed = tileFor(hostThat(true), "f32");
  expect(relaxed).not.toEqual(tileFor(hostThat(false), "f32"));
  setDeterministic(true);
  expect(isDeterministic()).toBe(true);
  expect(tileFor(hostThat(true), "f32")).toEqual(tileFor(hostThat(false), "f32"));
  expect(tileFor(hostThat(true), "f32").lanes).toBe(f32Lanes);
});

it("takes effect at once, and ends at once", () => {
  const [m, n, k] = [20, 30, 300];
  let state = 1;
  const next = () => Math.sin(state++);
  const [a, b] = [matrixOf(Float32Array, m, k, next), matrixOf(Float32Array, k, n, next)];
  const product = (multiplier: MatrixMultiplier): Float32Array => {
    const out = new Float32Array(m * n);
    multiplier.gemm(m, n, k, a, b, out, 0);
    return out;
  };
  const able = new MatrixMultiplier(() => new Arena(hostThat(true)));
  const unable = new MatrixMultiplier(() => new Arena(hostThat(false)));
  // With that instruction, or, where the claim is false, by plain loops in double precision: other digits in either case.
  const before = product(able);
  expect(before).not.toEqual(product(unable));
  setDeterministic(true);
  expect(product(able)).toEqual(product(unable));
  setDeterministic(false);
  expect(product(able)).toEqual(before);
});
