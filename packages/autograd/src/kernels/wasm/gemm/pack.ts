import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as memory from "../assembler/instructions/memory.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Statement } from "../assembler/term.ts";
import { minimum } from "../assembler/whole-number.ts";
import type { Lanes } from "../lanes.ts";
import { blockDepth } from "./tile.ts";

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/**
 * Copies an operand into the order in which the micro-kernel reads it.
 *
 * An operand has two directions: across (the rows of the left one, the columns of the right one) and deep. It is cut into blocks of
 * the depth, these into panels of `width` across; in a panel, the numbers of one depth lie side by side. A last panel that is not
 * full is filled up with zeros. Strides are in bytes, and may be anything.
 */
export function pack(lanes: Lanes, width: number) {
  const panel = packPanel(lanes, width);
  const [source, acrossStride, depthStride, across, depth, target] = locals(
    "i32",
    "source",
    "acrossStride",
    "depthStride",
    "across",
    "depth",
    "target",
  );
  const [start, position, from, deep] = locals("i32", "start", "position", "from", "deep");

  return func({
    name: `pack${width}`,
    parameters: [source, acrossStride, depthStride, across, depth, target],
    body: [
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        set(from, i32.add(source, i32.mul(start, depthStride))),
        countedLoop(position, 0, across, width, [
          call(
            panel,
            from,
            acrossStride,
            depthStride,
            minimum(i32.sub(across, position), width),
            deep,
            target,
          ),
          set(from, i32.add(from, i32.mul(acrossStride, width))),
          set(target, i32.add(target, i32.mul(deep, width * lanes.width))),
        ]),
      ]),
    ],
  });
}

function packPanel(lanes: Lanes, width: number) {
  const [source, acrossStride, depthStride, across, depth, target, done] = locals(
    "i32",
    "source",
    "acrossStride",
    "depthStride",
    "across",
    "depth",
    "target",
    "done",
  );
  const [position, k, from, to] = locals("i32", "position", "k", "from", "to");

  const groups = Math.floor(width / lanes.count);
  const step = width * lanes.width;
  const square = range(lanes.count).map((c) => local("v128", `line${c}`));

  /** Neighbours across lie side by side: vectors are copied as they are. */
  const copyVectors: Statement[] = [
    set(from, source),
    set(to, target),
    countedLoop(k, 0, depth, 1, [
      ...range(groups).map((g) => v128.store(to, v128.load(from, g * 16), g * 16)),
      set(from, i32.add(from, depthStride)),
      set(to, i32.add(to, step)),
    ]),
    set(done, depth),
  ];

  /** Neighbours in depth lie side by side: squares of numbers are transposed. */
  const transposeSquares: Statement[] = [
    set(done, i32.and(depth, -lanes.count)),
    ...range(groups).flatMap((g) => [
      countedLoop(k, 0, done, lanes.count, [
        set(from, i32.add(source, i32.mul(k, lanes.width))),
        set(from, i32.add(from, i32.mul(acrossStride, g * lanes.count))),
        ...square.flatMap((line, c) => [
          ...(c === 0 ? [] : [set(from, i32.add(from, acrossStride))]),
          set(line, v128.load(from)),
        ]),
        set(to, i32.add(target, i32.mul(k, step))),
        ...lanes.transpose(square).map((line, c) => v128.store(to, line, c * step + g * 16)),
      ]),
    ]),
  ];

  const copySingles = countedLoop(position, 0, across, 1, [
    set(k, i32.mul(done, i32.ltS(position, groups * lanes.count))),
    set(from, i32.add(source, i32.add(i32.mul(position, acrossStride), i32.mul(k, depthStride)))),
    set(to, i32.add(target, i32.add(i32.mul(position, lanes.width), i32.mul(k, step)))),
    countedLoop(k, k, depth, 1, [
      lanes.storeOne(to, lanes.loadOne(from)),
      set(from, i32.add(from, depthStride)),
      set(to, i32.add(to, step)),
    ]),
  ]);

  return func({
    name: `packPanel${width}`,
    parameters: [source, acrossStride, depthStride, across, depth, target],
    body: [
      when(
        i32.eq(across, width),
        [
          when(i32.eq(acrossStride, lanes.width), copyVectors, [
            when(i32.eq(depthStride, lanes.width), transposeSquares),
          ]),
        ],
        [memory.fill(target, 0, i32.mul(depth, step))],
      ),
      copySingles,
    ],
  });
}
