import type { Func } from "../assembler/term.ts";
import { walk } from "../assembler/walk.ts";
import type { Team } from "../threads/team.ts";
import { blocksOf, type Kernel } from "./blocks.ts";
import { writeLoop } from "./loop.ts";
import type { Program, VectorLoop } from "./program.ts";

/**
 * From so many elements on, and so many instructions for each of them, several threads take less time than one, for all that is copied to where they
 * reach it: *measured*. Those of an exponential are too few, those of a normal distribution function are not.
 */
export const leastForTeam = 131_072;
const leastInstructions = 14;

/** Bytes of each operand that threads compute from at once: they stay in the second-level cache of the one that copies. */
const secondLevel = 262_144;

/** Pieces begin at cache lines. */
const line = 64;

/** What a loop needs of a team. */
export type Helpers = Pick<Team, "arena" | "pieces" | "load" | "run">;

/** Who helps with so many operations, if anybody does. */
export type FindHelpers = (flops: number) => Helpers | null;

/**
 * A loop over many elements that a team computes, a part of each block in each piece.
 *
 * @returns a function that says false where nobody helps, and nothing was done
 */
export function teamBlocksOf(program: Program, findTeam: FindHelpers): VectorLoop {
  let func: Func | undefined;
  let instructions = 0;
  let known: Helpers | null = null;
  let loop: VectorLoop | null = null;
  return (out, operands, shape, count) => {
    if (func === undefined) {
      func = writeLoop(program);
      instructions = instructionsOf(func) / program.format.count;
    }
    if (instructions < leastInstructions) return false;
    const team = findTeam(count * instructions);
    if (team === null) return false;
    if (team !== known) {
      known = team;
      loop = compileFor(team, program, func);
    }
    return loop?.(out, operands, shape, count) === true;
  };
}

/** Of vectors, moves not counted. */
function instructionsOf(func: Func): number {
  let count = 0;
  walk(func.body, {
    run({ result, operands, mnemonic }) {
      if (result === "v128" && operands.length > 0 && !mnemonic.startsWith("local.")) count++;
    },
  });
  return count;
}

function compileFor(team: Helpers, program: Program, func: Func): VectorLoop | null {
  const loaded = team.load({ loop: func });
  if (loaded === null) return null;
  const run = blocksOf(team.arena, program, secondLevel);
  const kernel: Kernel = (result, end, ...places) => {
    const size = Math.ceil((end - result) / team.pieces / line) * line;
    const pieces = Array.from({ length: Math.ceil((end - result) / size) }, (_, k) => {
      const skipped = k * size;
      const begins = places.map((place, j) => (j % 2 === 0 && places[j + 1] !== 0 ? place + skipped : place));
      return [loaded.loop, result + skipped, Math.min(result + skipped + size, end), ...begins] as const;
    });
    team.run(pieces);
  };
  return (out, operands, shape, count) => run(kernel, out, operands, shape, count);
}
