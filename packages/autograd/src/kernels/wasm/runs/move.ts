import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { locals, set } from "../assembler/local.ts";
import type { Local, Statement } from "../assembler/term.ts";
import type { Lanes } from "../lanes.ts";

/** What happens between numbers that lie apart and numbers that lie one behind the other. */
export type Movement = "gather" | "place" | "add";

const vectorBytes = 16;

/**
 * Moves runs of numbers: to a dense target ("gather"), or from a dense source to where they replace what is there or are added to it.
 *
 * A run begins at `apart` plus one of the outer positions plus one of the inner ones, of which there are two tables of whole numbers; for each
 * outer position all inner ones come by. All is in bytes but the counts. Lengths are at least one number.
 */
export function moveRuns(lanes: Lanes, movement: Movement) {
  const { width } = lanes;
  const [apart, dense, outers, outerCount, inners, innerCount, length, step] = locals(
    "i32",
    "apart",
    "dense",
    "outers",
    "outerCount",
    "inners",
    "innerCount",
    "length",
    "step",
  );
  const [outer, inner, outerEnd, innerEnd, base, run, end, vectorEnd] = locals(
    "i32",
    "outer",
    "inner",
    "outerEnd",
    "innerEnd",
    "base",
    "run",
    "end",
    "vectorEnd",
  );
  const [from, to]: readonly Local<"i32">[] = movement === "gather" ? [run, dense] : [dense, run];

  const moveOne =
    movement === "add"
      ? lanes.storeOne(to, lanes.add(lanes.loadOne(to), lanes.loadOne(from)))
      : lanes.storeOne(to, lanes.loadOne(from));
  const moveVector =
    movement === "add"
      ? v128.store(to, lanes.add(v128.load(to), v128.load(from)))
      : v128.store(to, v128.load(from));

  const singles = (stepInRun: Local<"i32"> | number): Statement =>
    countedLoop(dense, dense, end, width, [moveOne, set(run, i32.add(run, stepInRun))]);
  const vectors = countedLoop(dense, dense, vectorEnd, vectorBytes, [
    moveVector,
    set(run, i32.add(run, vectorBytes)),
  ]);
  /** The last vector may go over numbers that were copied already: copying twice does no harm, adding would. */
  const lastVector: Statement[] = [
    set(run, i32.add(run, i32.sub(i32.sub(end, vectorBytes), dense))),
    set(dense, i32.sub(end, vectorBytes)),
    moveVector,
    set(dense, end),
  ];
  const unbroken: Statement[] =
    movement === "add"
      ? [set(vectorEnd, i32.add(dense, i32.and(length, -vectorBytes))), vectors, singles(width)]
      : [
          when(
            i32.ltS(length, vectorBytes),
            [singles(width)],
            [set(vectorEnd, i32.sub(end, vectorBytes)), vectors, ...lastVector],
          ),
        ];

  return func({
    name: movement,
    parameters: [apart, dense, outers, outerCount, inners, innerCount, length, step],
    body: [
      set(outerEnd, i32.add(outers, i32.mul(outerCount, 4))),
      set(innerEnd, i32.add(inners, i32.mul(innerCount, 4))),
      countedLoop(outer, outers, outerEnd, 4, [
        set(base, i32.add(apart, i32.load(outer))),
        countedLoop(inner, inners, innerEnd, 4, [
          set(run, i32.add(base, i32.load(inner))),
          set(end, i32.add(dense, length)),
          when(i32.eq(step, width), unbroken, [singles(step)]),
        ]),
      ]),
    ],
  });
}
