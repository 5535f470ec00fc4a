import { branchIf, loop } from "../../packages/autograd/src/kernels/wasm/assembler/control.ts";
import { func } from "../../packages/autograd/src/kernels/wasm/assembler/func.ts";
import { instantiate } from "../../packages/autograd/src/kernels/wasm/assembler/instantiate.ts";
import * as f32x4 from "../../packages/autograd/src/kernels/wasm/assembler/instructions/f32x4.ts";
import * as i32 from "../../packages/autograd/src/kernels/wasm/assembler/instructions/i32.ts";
import { local, set } from "../../packages/autograd/src/kernels/wasm/assembler/local.ts";
import { findWebAssembly } from "../../packages/autograd/src/kernels/wasm/host.ts";
import type { Workload } from "../workloads/workload.ts";
import type { Task } from "./engine.ts";

/** Enough sums at once to hide the latency of an addition, few enough for the registers. */
const sums = 12;
const flopsOfTurn = sums * 4 * 2;

/** Multiplies and adds in registers, as often as the matrix product has to: what the machine's 128-bit vectors give at most. */
export function peak({ flops, inputs }: Workload): Task {
  const host = findWebAssembly();
  if (host === undefined) throw new Error("no WebAssembly here");
  if (flops === undefined || inputs[0].dtype !== "f32") throw new Error("measured for f32 products alone");
  const turns = Math.ceil(flops / flopsOfTurn);
  const left = local("i32", "left");
  const factor = local("v128", "factor");
  const totals = Array.from({ length: sums }, (_, k) => local("v128", `total${k}`));
  const multiplyAdd = func({
    name: "multiplyAdd",
    parameters: [left],
    body: [
      set(factor, f32x4.splat(0.5)),
      ...totals.map((total, k) => set(total, f32x4.splat(k))),
      loop((again) => [
        ...totals.map((total) => set(total, f32x4.add(factor, f32x4.mul(factor, total)))),
        set(left, i32.sub(left, 1)),
        branchIf(again, left),
      ]),
    ],
    returns: f32x4.extractLane(
      totals.reduce<ReturnType<typeof f32x4.add>>((sum, total) => f32x4.add(sum, total), f32x4.splat(0)),
      0,
    ),
  });
  const kernel = instantiate(host, { exports: { multiplyAdd } });
  return { runs: 1, run: () => kernel.multiplyAdd(turns), results: async () => [] };
}
