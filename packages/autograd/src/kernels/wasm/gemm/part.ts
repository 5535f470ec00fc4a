import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { locals, set } from "../assembler/local.ts";
import { minimum, roundUp } from "../assembler/whole-number.ts";
import type { Lanes } from "../lanes.ts";
import { multiply } from "./multiply.ts";
import { pack } from "./pack.ts";
import { blockDepth, columnsOf, type Tile } from "./tile.ts";

/**
 * Does a part of what `pack` does: `across` of the `all` that the operand has, from `first` on, where a panel begins.
 *
 * Each number comes to stand where it does when the operand is packed whole.
 */
export function packPart(lanes: Lanes, width: number) {
  const whole = pack(lanes, width);
  const [source, acrossStride, depthStride, across] = locals(
    "i32",
    "source",
    "acrossStride",
    "depthStride",
    "across",
  );
  const [depth, target, first, all] = locals("i32", "depth", "target", "first", "all");
  const [start, deep, from, step] = locals("i32", "start", "deep", "from", "step");
  return func({
    name: `packPart${width}`,
    parameters: [source, acrossStride, depthStride, across, depth, target, first, all],
    body: [
      set(from, i32.add(source, i32.mul(first, acrossStride))),
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        set(step, i32.mul(deep, lanes.width)),
        call(whole, from, acrossStride, depthStride, across, deep, i32.add(target, i32.mul(first, step))),
        set(from, i32.add(from, i32.mul(deep, depthStride))),
        set(target, i32.add(target, i32.mul(roundUp(all, width), step))),
      ]),
    ],
  });
}

/**
 * Does a part of what `multiply` does: `rows` of the `all` that the left operand has, from `first` on, where a panel begins.
 *
 * Each number of the result is the same to the bit as when all rows are computed at once.
 */
export function multiplyPart(tile: Tile) {
  const { lanes } = tile;
  const whole = multiply(tile);
  const [a, b, c, rows, columns, depth] = locals("i32", "a", "b", "c", "rows", "columns", "depth");
  const [seed, seedStride, scratch, first, all] = locals(
    "i32",
    "seed",
    "seedStride",
    "scratch",
    "first",
    "all",
  );
  const [start, deep, step, target] = locals("i32", "start", "deep", "step", "target");
  return func({
    name: "multiplyPart",
    parameters: [a, b, c, rows, columns, depth, seed, seedStride, scratch, first, all],
    body: [
      set(target, i32.add(c, i32.mul(i32.mul(first, columns), lanes.width))),
      when(i32.ne(seed, -1), [set(seed, i32.add(seed, i32.mul(first, seedStride)))]),
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        set(step, i32.mul(deep, lanes.width)),
        call(
          whole,
          i32.add(a, i32.mul(first, step)),
          b,
          target,
          rows,
          columns,
          deep,
          seed,
          seedStride,
          scratch,
        ),
        set(a, i32.add(a, i32.mul(roundUp(all, tile.rows), step))),
        set(b, i32.add(b, i32.mul(roundUp(columns, columnsOf(tile)), step))),
        set(seed, target),
        set(seedStride, i32.mul(columns, lanes.width)),
      ]),
    ],
  });
}
