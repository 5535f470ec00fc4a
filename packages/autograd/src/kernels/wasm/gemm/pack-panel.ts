import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as memory from "../assembler/instructions/memory.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Statement } from "../assembler/term.ts";
import type { Lanes } from "../lanes.ts";

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/** Packs `across`, at most `width`, numbers at each depth, side by side; what is missing is filled up with zeros. See `pack`. */
export function packPanel(lanes: Lanes, width: number) {
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

  const { count } = lanes;
  const step = width * lanes.width;
  /** What is left of a full panel's width behind its last vector. */
  const rest = width % count;
  const square = range(count).map((c) => local("v128", `line${c}`));
  const isFull = i32.eq(across, width);
  /** How many across are moved in vectors, `done` of each; the rest is moved number by number. */
  const inVectors = local("i32", "inVectors");

  /** Neighbours across lie side by side: vectors are copied as they are, the last of a panel with lanes that the next depth overwrites. */
  const copyPanel: Statement[] = [
    set(from, source),
    set(to, target),
    set(inVectors, width),
    set(done, rest === 0 ? depth : i32.sub(depth, 1)),
    countedLoop(k, 0, done, 1, [
      ...range(Math.ceil(width / count)).map((g) => v128.store(to, v128.load(from, g * 16), g * 16)),
      set(from, i32.add(from, depthStride)),
      set(to, i32.add(to, step)),
    ]),
  ];

  /** What a last vector reads too far then belongs to the operand still. */
  const mayCopyPanel = rest === 0 ? isFull : i32.and(isFull, i32.gtS(depthStride, 16));

  /** The same of a panel that is not full. */
  const copyVectors: Statement[] = [
    set(done, depth),
    countedLoop(position, 0, inVectors, count, [
      set(from, i32.add(source, i32.mul(position, lanes.width))),
      set(to, i32.add(target, i32.mul(position, lanes.width))),
      countedLoop(k, 0, depth, 1, [
        v128.store(to, v128.load(from)),
        set(from, i32.add(from, depthStride)),
        set(to, i32.add(to, step)),
      ]),
    ]),
  ];

  /** Transposes squares of numbers at `position` across; of `lines` that there are, the last stands for those that are missing. */
  const transposeAt = (lines: number): Statement =>
    countedLoop(k, 0, done, count, [
      set(from, i32.add(source, i32.add(i32.mul(position, acrossStride), i32.mul(k, lanes.width)))),
      ...square.flatMap((line, c) => [
        ...(c === 0 || c >= lines ? [] : [set(from, i32.add(from, acrossStride))]),
        set(line, v128.load(from)),
      ]),
      set(to, i32.add(target, i32.add(i32.mul(position, lanes.width), i32.mul(k, step)))),
      ...lanes.transpose(square).map((line, c) => v128.store(to, line, c * step)),
    ]);

  /** Neighbours in depth lie side by side. What the rest of a full panel writes too far is overwritten: it comes first. */
  const transposeSquares: Statement[] = [
    set(done, i32.and(depth, -count)),
    ...(rest === 0
      ? []
      : [
          when(isFull, [
            set(done, i32.and(i32.sub(depth, 1), -count)),
            set(position, width - rest),
            transposeAt(rest),
          ]),
        ]),
    countedLoop(position, 0, inVectors, count, [transposeAt(count)]),
    ...(rest === 0 ? [] : [when(isFull, [set(inVectors, width)])]),
  ];

  const copySingles = countedLoop(position, 0, across, 1, [
    set(k, i32.mul(done, i32.ltS(position, inVectors))),
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
      set(inVectors, i32.and(across, -count)),
      when(i32.ltS(across, width), [memory.fill(target, 0, i32.mul(depth, step))]),
      when(
        i32.eq(acrossStride, lanes.width),
        [when(mayCopyPanel, copyPanel, copyVectors)],
        [when(i32.eq(depthStride, lanes.width), transposeSquares)],
      ),
      copySingles,
    ],
  });
}
