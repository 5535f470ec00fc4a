import { describe, expect, it } from "vitest";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import { VectorLoops } from "../../../../src/kernels/wasm/elementwise/compile.ts";
import { type Helpers, teamBlocksOf } from "../../../../src/kernels/wasm/elementwise/team-blocks.ts";
import { add, mul } from "../../../../src/scalar/arithmetic.ts";
import { programOf } from "../../../../src/scalar/compile-vectors.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { ndtr } from "../../../../src/scalar/sigmoidal.ts";
import { exp } from "../../../../src/scalar/transcendental.ts";
import { host } from "../assembler/run-term.ts";
import { arrayOf } from "./rows.ts";

const of = (primitive: Primitive, ...inputs: (Scalar | number)[]): Scalar => Scalar.apply(primitive, inputs);
const [x, y, z] = [0, 1, 2].map((k) => Scalar.input(k));
const costly = of(add, of(mul, x, of(ndtr, y)), z);

/** A team whose work is done here, last things first. */
function teamOf(pieces: number): { readonly team: Helpers; readonly calls: number[] } {
  const arena = new Arena(host);
  const calls: number[] = [];
  const load = (exports: Parameters<Helpers["load"]>[0]) => {
    const compiled = instantiate(host, { memory: arena.declaration, exports }, arena.memory);
    return Object.fromEntries(
      Object.entries(compiled).map(([name, call], id) => [name, { id, call: call as () => void }]),
    );
  };
  const run: Helpers["run"] = (list) => {
    calls.push(list.length);
    for (const [{ call }, ...operands] of [...list].reverse()) call(...operands);
  };
  return { team: { arena, pieces, load: load as Helpers["load"], run }, calls };
}

describe("teamBlocksOf", () => {
  it.each([1, 3, 8])("computes the same bits in %i pieces: dense, strided and single operands", (pieces) => {
    const count = 140_003;
    const line = [count];
    const data = [5, 3, 1].map((factor) => {
      const array = arrayOf("f32", 2 * count);
      for (let k = 0; k < array.length; k++) array[k] = 3 * Math.sin(factor * k);
      return array;
    });
    const operands = [
      { data: data[0], shape: line, strides: [1], offset: 7 },
      { data: data[1], shape: line, strides: [2], offset: 1 },
      { data: data[2], shape: [1], strides: [1], offset: 4 },
    ];
    const program = programOf(costly, 3, "f32");
    const { team, calls } = teamOf(pieces);
    const [alone, together] = [arrayOf("f32", count), arrayOf("f32", count)];
    new VectorLoops(() => new Arena(host)).compile(program)?.(alone, operands, line, count);
    expect(teamBlocksOf(program, () => team)(together, operands, line, count)).toBe(true);
    expect(together).toEqual(alone);
    expect(calls.length).toBe(3);
    expect(calls[0]).toBe(pieces);
    expect(team.arena.mark()).toBe(0);
  });

  it("asks nobody where the work is cheap, and declines where nobody helps or has room", () => {
    const asked: number[] = [];
    const ask = (flops: number) => {
      asked.push(flops);
      return null;
    };
    const out = arrayOf("f32", 131_072);
    const run = (root: Scalar, count: number, findTeam = ask as (flops: number) => Helpers | null) =>
      teamBlocksOf(programOf(root, 1, "f32"), findTeam)(
        out,
        [{ data: out, shape: [count], strides: [1], offset: 0 }],
        [count],
        count,
      );
    expect(run(of(exp, x), 131_072)).toBe(false);
    expect(asked).toEqual([]);
    expect(run(of(ndtr, x), 131_072)).toBe(false);
    expect(asked.length).toBe(1);
    const { team } = teamOf(2);
    expect(run(of(ndtr, x), 131_072, () => ({ ...team, load: () => null }))).toBe(false);
  });
});
