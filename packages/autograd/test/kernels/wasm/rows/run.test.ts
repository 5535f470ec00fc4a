import { describe, expect, it } from "vitest";
import { softmaxRows } from "../../../../src/kernels/softmax.ts";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { encodeModule } from "../../../../src/kernels/wasm/assembler/encode-module.ts";
import { reductions } from "../../../../src/kernels/wasm/rows/reduce.ts";
import { writeRows } from "../../../../src/kernels/wasm/rows/row-program.ts";
import { RowKernels } from "../../../../src/kernels/wasm/rows/run.ts";
import { logSoftmax } from "../../../../src/kernels/wasm/rows/softmax.ts";
import { host } from "../assembler/run-term.ts";

const { program } = softmaxRows;
const { squares } = reductions;
const row = Float64Array.of(1, 2, 3);
const call = () => ({
  rows: 2,
  columns: 3,
  inputs: [Float64Array.of(0, 0, 0, 1, 1, 1)],
  outputs: [new Float64Array(6)],
});

describe("RowKernels", () => {
  it("gives the arena back", () => {
    const arena = new Arena(host);
    arena.allocate(100);
    const mark = arena.mark();
    expect(new RowKernels(() => arena).run(program, "f64", call())).toBe(true);
    expect(arena.mark()).toBe(mark);
    expect(new RowKernels(() => arena).number(squares, "f64", row)).toBe(14);
    expect(new RowKernels(() => arena).number(squares, "f32", Float32Array.from(row))).toBe(14);
    expect(arena.mark()).toBe(mark);
  });

  it("declines where there is no WebAssembly, or none is allowed", () => {
    expect(new RowKernels(() => null).run(program, "f64", call())).toBe(false);
    expect(new RowKernels(() => null).number(squares, "f64", row)).toBe(null);
    const { Instance, Memory, validate } = host;
    const forbidding = class {
      constructor() {
        throw new Error("refused by a content security policy");
      }
    };
    const arena = new Arena({ Module: forbidding, Instance, Memory, validate });
    expect(new RowKernels(() => arena).run(program, "f64", call())).toBe(false);
    expect(new RowKernels(() => arena).number(squares, "f64", row)).toBe(null);
  });

  it("does nothing where the arena cannot grow, and leaves it as it was", () => {
    const { Module, Instance, validate } = host;
    const full = class extends host.Memory {
      override grow(): number {
        throw new RangeError("no memory");
      }
    };
    const arena = new Arena({ Module, Instance, Memory: full as typeof host.Memory, validate });
    arena.allocate(arena.memory.buffer.byteLength - 64);
    const mark = arena.mark();
    const refused = call();
    expect(new RowKernels(() => arena).run(program, "f64", refused)).toBe(false);
    expect(new RowKernels(() => arena).number(squares, "f64", row)).toBe(null);
    expect(refused.outputs[0]).toEqual(new Float64Array(6));
    expect(arena.mark()).toBe(mark);
  });

  it("compiles a program once a precision", () => {
    let compiled = 0;
    const { Instance, Memory, validate } = host;
    const counting = class extends host.Module {
      constructor(bytes: Uint8Array<ArrayBuffer>) {
        super(bytes);
        compiled++;
      }
    };
    const arena = new Arena({ Module: counting, Instance, Memory, validate });
    const kernels = new RowKernels(() => arena);
    for (let k = 0; k < 3; k++) kernels.run(program, "f64", call());
    expect(compiled).toBe(1);
  });

  it("makes modules that browsers compile without waiting", () => {
    const module = encodeModule({ exports: { rows: writeRows(logSoftmax, "f32") } });
    expect(module.length).toBeLessThan(4096);
  });
});
