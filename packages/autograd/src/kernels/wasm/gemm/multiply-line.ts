import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { multiply } from "./multiply.ts";
import type { pack } from "./pack.ts";

interface Parts {
  readonly packLeft: ReturnType<typeof pack>;
  readonly packRight: ReturnType<typeof pack>;
  readonly multiply: ReturnType<typeof multiply>;
}

/**
 * Products of one size, one after the other: each packs its operands and multiplies them.
 *
 * `a`, `b`, `c` and `seed` begin `aStep`, `bStep`, `cStep` and `seedStep` bytes further each time; an operand that stays is packed once.
 */
export function multiplyLine({ packLeft, packRight, multiply }: Parts) {
  const [count, a, aStep, aAcross, aDeep] = locals("i32", "count", "a", "aStep", "aAcross", "aDeep");
  const [b, bStep, bAcross, bDeep] = locals("i32", "b", "bStep", "bAcross", "bDeep");
  const [c, cStep, rows, columns, depth] = locals("i32", "c", "cStep", "rows", "columns", "depth");
  const [seed, seedStep, seedStride] = locals("i32", "seed", "seedStep", "seedStride");
  const [packedA, packedB, scratch] = locals("i32", "packedA", "packedB", "scratch");
  const index = local("i32", "index");

  return func({
    name: "multiplyLine",
    parameters: [
      count,
      a,
      aStep,
      aAcross,
      aDeep,
      b,
      bStep,
      bAcross,
      bDeep,
      c,
      cStep,
      rows,
      columns,
      depth,
      seed,
      seedStep,
      seedStride,
      packedA,
      packedB,
      scratch,
    ],
    body: [
      countedLoop(index, 0, count, 1, [
        when(i32.or(i32.eqz(index), aStep), [call(packLeft, a, aAcross, aDeep, rows, depth, packedA)]),
        when(i32.or(i32.eqz(index), bStep), [call(packRight, b, bAcross, bDeep, columns, depth, packedB)]),
        call(multiply, packedA, packedB, c, rows, columns, depth, seed, seedStride, scratch),
        set(a, i32.add(a, aStep)),
        set(b, i32.add(b, bStep)),
        set(c, i32.add(c, cStep)),
        set(seed, i32.add(seed, seedStep)),
      ]),
    ],
  });
}
