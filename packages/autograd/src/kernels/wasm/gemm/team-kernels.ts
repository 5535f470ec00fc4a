import type { Arena } from "../arena.ts";
import { isDeterministic } from "../rounding.ts";
import type { Piece } from "../threads/jobs.ts";
import type { Team } from "../threads/team.ts";
import { type GemmKernels, gemmModule, tileFor } from "./kernels.ts";
import { multiplyPart, packPart } from "./part.ts";
import { columnsOf } from "./tile.ts";

/** Numbers to pack in a piece, and multiplications, below which handing it over takes a good part of the time: *measured*. */
const [leastPacked, leastMultiplied] = [16_384, 250_000];

/** Multiplications from which on a few members of a batch are computed one after the other, each by all. */
const leastShared = 2_000_000;

const compiled = /* @__PURE__ */ new WeakMap<Team, Map<string, GemmKernels | null>>();

/**
 * The kernels of one precision, computing with a team: the same numbers, to the bit, as one thread computes.
 *
 * @returns null where the team has no room for them
 */
export function teamKernels(team: Team, precision: "f32" | "f64"): GemmKernels | null {
  const known = compiled.get(team) ?? new Map<string, GemmKernels | null>();
  compiled.set(team, known);
  const key = `${precision} ${isDeterministic()}`;
  let kernels = known.get(key);
  if (kernels === undefined) {
    kernels = compile(team, precision);
    known.set(key, kernels);
  }
  return kernels;
}

function compile(team: Team, precision: "f32" | "f64"): GemmKernels | null {
  const { arena } = team;
  const tile = tileFor(arena.host, precision);
  const work = team.load({
    packLeft: packPart(tile.lanes, tile.rows),
    packRight: packPart(tile.lanes, columnsOf(tile)),
    multiply: multiplyPart(tile),
    multiplyLine: gemmModule(tile).exports.multiplyLine,
  });
  if (work === null) return null;
  const packer =
    (side: "packLeft" | "packRight", panel: number): GemmKernels["packLeft"] =>
    (source, acrossStride, depthStride, across, depth, target) => {
      const pieces = cut(team, across, panel, (across * depth) / leastPacked).map(
        ([first, count]): Piece => [
          work[side],
          source,
          acrossStride,
          depthStride,
          count,
          depth,
          target,
          first,
          across,
        ],
      );
      team.run(pieces);
    };
  const packLeft = packer("packLeft", tile.rows);
  const packRight = packer("packRight", columnsOf(tile));

  const multiply: GemmKernels["multiply"] = (a, b, c, rows, columns, depth, seed, seedStride) => {
    const pieces = cut(team, rows, tile.rows, (rows * columns * depth) / leastMultiplied).map(
      ([first, count], k): Piece => [
        work.multiply,
        a,
        b,
        c,
        count,
        columns,
        depth,
        seed,
        seedStride,
        team.roomOf(k),
        first,
        rows,
      ],
    );
    team.run(pieces);
  };

  const multiplyLine: GemmKernels["multiplyLine"] = (...line) => {
    const [members, a, aStep, aAcross, aDeep, b, bStep, bAcross, bDeep, c, cStep] = line;
    const [rows, columns, depth, seed, seedStep, seedStride, packedA, packedB, scratch] = line.slice(11);
    const multiplications = rows * columns * depth;
    const isWhole = members < team.pieces && multiplications >= leastShared;
    const parts = cut(team, members, 1, isWhole ? 1 : (members * multiplications) / leastMultiplied);
    const leftBytes = (rows + tile.rows) * depth * tile.lanes.width;
    const rightBytes = (columns + columnsOf(tile)) * depth * tile.lanes.width;
    const roomBytes = Math.ceil((leftBytes + rightBytes) / 64) * 64;
    const mark = arena.mark();
    const rooms = parts.length === 1 ? null : roomFor(arena, parts.length * roomBytes);
    if (rooms !== null) {
      const pieces = parts.map(([first, count], k): Piece => {
        const room = rooms + k * roomBytes;
        const [left, right, result] = [a + first * aStep, b + first * bStep, c + first * cStep];
        return [
          work.multiplyLine,
          count,
          left,
          aStep,
          aAcross,
          aDeep,
          right,
          bStep,
          bAcross,
          bDeep,
          result,
          cStep,
          rows,
          columns,
          depth,
          seed + first * seedStep,
          seedStep,
          seedStride,
          room,
          room + leftBytes,
          team.roomOf(k),
        ];
      });
      team.run(pieces);
      arena.release(mark);
      return;
    }
    for (let k = 0; k < members; k++) {
      if (k === 0 || aStep !== 0) packLeft(a + k * aStep, aAcross, aDeep, rows, depth, packedA);
      if (k === 0 || bStep !== 0) packRight(b + k * bStep, bAcross, bDeep, columns, depth, packedB);
      multiply(
        packedA,
        packedB,
        c + k * cStep,
        rows,
        columns,
        depth,
        seed + k * seedStep,
        seedStride,
        scratch,
      );
    }
  };

  return { arena, tile, packLeft, packRight, multiply, multiplyLine };
}

/** Null where the arena cannot grow as far: less will do. */
function roomFor(arena: Arena, bytes: number): number | null {
  try {
    return arena.allocate(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Cuts `count` rows, columns or members where a panel ends, into as many parts as are worth it; each its first and how many there are. */
function cut(team: Team, count: number, panel: number, worthIt: number): [first: number, count: number][] {
  const panels = Math.ceil(count / panel);
  const wanted = Math.max(1, Math.min(panels, Math.floor(worthIt), team.pieces));
  const size = Math.ceil(panels / wanted) * panel;
  const parts: [number, number][] = [];
  for (let first = 0; first < count; first += size) parts.push([first, Math.min(size, count - first)]);
  return parts;
}
