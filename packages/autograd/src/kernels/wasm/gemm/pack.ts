import { block, branch, branchIf, loop } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { call, func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import { minimum } from "../assembler/whole-number.ts";
import type { Lanes } from "../lanes.ts";
import { packPanel } from "./pack-panel.ts";
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
  const together = lineNumbers(lanes) % width === 0 ? lineNumbers(lanes) / width : 1;
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
  const panelBytes = i32.mul(deep, width * lanes.width);

  /** Panels whose numbers share cache lines, as long as there are as many; lines are apart, and may drive each other out of the cache. */
  const packTogether = block((exit) => [
    branchIf(exit, i32.ne(acrossStride, lanes.width)),
    loop((again) => [
      branchIf(exit, i32.gtS(i32.add(position, lineNumbers(lanes)), across)),
      call(copyLines(lanes, width), from, depthStride, deep, target, panelBytes),
      set(from, i32.add(from, lineBytes)),
      set(target, i32.add(target, i32.mul(panelBytes, together))),
      set(position, i32.add(position, lineNumbers(lanes))),
      branch(again),
    ]),
  ]);

  return func({
    name: `pack${width}`,
    parameters: [source, acrossStride, depthStride, across, depth, target],
    body: [
      countedLoop(start, 0, depth, blockDepth, [
        set(deep, minimum(i32.sub(depth, start), blockDepth)),
        set(from, i32.add(source, i32.mul(start, depthStride))),
        set(position, 0),
        ...(together > 1 ? [packTogether] : []),
        countedLoop(position, position, across, width, [
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
          set(target, i32.add(target, panelBytes)),
        ]),
      ]),
    ],
  });
}

const lineBytes = 64;
const lineNumbers = ({ width }: Lanes): number => lineBytes / width;

/** Packs panels of neighbours across that fill a cache line of the operand at each depth; `panelBytes` leads from panel to panel. */
function copyLines(lanes: Lanes, width: number) {
  const [source, depthStride, depth, target, panelBytes] = locals(
    "i32",
    "source",
    "depthStride",
    "depth",
    "target",
    "panelBytes",
  );
  const k = local("i32", "k");
  const panels = range(lineNumbers(lanes) / width);
  const targets = panels.map((p) => local("i32", `target${p}`));
  const vectors = range(width / lanes.count);
  return func({
    name: `copyLines${width}`,
    parameters: [source, depthStride, depth, target, panelBytes],
    body: [
      ...targets.map((to, p) => set(to, p === 0 ? target : i32.add(targets[p - 1], panelBytes))),
      countedLoop(k, 0, depth, 1, [
        ...panels.flatMap((p) =>
          vectors.map((v) =>
            v128.store(targets[p], v128.load(source, (p * vectors.length + v) * 16), v * 16),
          ),
        ),
        set(source, i32.add(source, depthStride)),
        ...targets.map((to) => set(to, i32.add(to, width * lanes.width))),
      ]),
    ],
  });
}
