import { when } from "../assembler/control.ts";
import { countedLoop } from "../assembler/counted-loop.ts";
import { func } from "../assembler/func.ts";
import type { Operand } from "../assembler/instruction.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as i32x4 from "../assembler/instructions/i32x4.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, locals, set } from "../assembler/local.ts";
import type { Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Lanes } from "../lanes.ts";

// One filter on the windows of one image. The windows come in runs, the elements of a window lie at positions relative to its beginning. All is in
// bytes but the counts; what the filter finds lies row-major in `found`.

const vectorBytes = 16;

/** Vectors that are under way at once: additions would wait for each other otherwise. */
const together = 4;

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

function parametersOf() {
  const [image, weights, found, elements, elementCount, inners, innerCount, length, step] = locals(
    "i32",
    "image",
    "weights",
    "found",
    "elements",
    "elementCount",
    "inners",
    "innerCount",
    "length",
    "step",
  );
  return { image, weights, found, elements, elementCount, inners, innerCount, length, step };
}

/** The numbers of a vector, `step` apart; moves `at` to the last of them where that is not their width. */
function loadApart(lanes: Lanes, at: Local<"i32">, step: Operand<"i32">, into: Local<"v128">): Statement[] {
  const loadLane = lanes.width === 4 ? v128.load32Lane : v128.load64Lane;
  return [
    set(into, lanes.loadOne(at)),
    ...range(lanes.count - 1).flatMap((k) => [
      set(at, i32.add(at, step)),
      set(into, loadLane(at, into, k + 1)),
    ]),
    set(at, i32.add(at, step)),
  ];
}

/**
 * Finds: the sum over a window's elements, each times its weight.
 *
 * Reads up to a vector's numbers behind a run, and writes as much behind `found`.
 */
export function findInWindows(lanes: Lanes) {
  const { image, weights, found, elements, elementCount, inners, innerCount, length, step } = parametersOf();
  const [inner, innerEnd, element, elementEnd, base, position, weight, at, end] = locals(
    "i32",
    "inner",
    "innerEnd",
    "element",
    "elementEnd",
    "base",
    "position",
    "weight",
    "at",
    "end",
  );
  const sums = range(together).map((k) => local("v128", `sum${k}`));
  const [factor, seen] = locals("v128", "factor", "seen");
  const zero = i32x4.const(0, 0, 0, 0);

  /** So many vectors of what is found, from `position` on. */
  const vectors = (count: number, unbroken: boolean): Statement[] => [
    ...sums.slice(0, count).map((sum) => set(sum, zero)),
    set(weight, weights),
    countedLoop(element, elements, elementEnd, 4, [
      set(factor, lanes.loadSplat(weight)),
      set(at, i32.add(base, i32.load(element))),
      ...sums
        .slice(0, count)
        .flatMap((sum, k) =>
          unbroken
            ? [set(sum, lanes.multiplyAdd(factor, v128.load(at, k * vectorBytes), sum))]
            : [...loadApart(lanes, at, step, seen), set(sum, lanes.multiplyAdd(factor, seen, sum))],
        ),
      set(weight, i32.add(weight, lanes.width)),
    ]),
    ...sums.slice(0, count).map((sum, k) => v128.store(position, sum, k * vectorBytes)),
    set(base, i32.add(base, i32.mul(step, lanes.count * count))),
  ];
  const run = (unbroken: boolean): Statement[] => [
    countedLoop(
      position,
      found,
      i32.sub(end, together * vectorBytes - 1),
      together * vectorBytes,
      vectors(together, unbroken),
    ),
    countedLoop(position, position, end, vectorBytes, vectors(1, unbroken)),
  ];

  return func({
    name: "findInWindows",
    parameters: [image, weights, found, elements, elementCount, inners, innerCount, length, step],
    body: [
      set(innerEnd, i32.add(inners, i32.mul(innerCount, 4))),
      set(elementEnd, i32.add(elements, i32.mul(elementCount, 4))),
      countedLoop(inner, inners, innerEnd, 4, [
        set(base, i32.add(image, i32.load(inner))),
        set(end, i32.add(found, length)),
        when(i32.eq(step, lanes.width), run(true), run(false)),
        set(found, end),
      ]),
    ],
  });
}

/** A run of windows beside the element that it shows: calls `vector` and `single` with where both lie. */
function besideRun(
  lanes: Lanes,
  at: Local<"i32">,
  from: Local<"i32">,
  length: Local<"i32">,
  step: Local<"i32">,
  vector: Statement,
  single: Statement,
): Statement[] {
  const [end, vectorEnd] = locals("i32", "end", "vectorEnd");
  const singles = countedLoop(from, from, end, lanes.width, [single, set(at, i32.add(at, step))]);
  return [
    set(end, i32.add(from, length)),
    when(i32.eq(step, lanes.width), [
      set(vectorEnd, i32.add(from, i32.and(length, -vectorBytes))),
      countedLoop(from, from, vectorEnd, vectorBytes, [vector, set(at, i32.add(at, vectorBytes))]),
    ]),
    singles,
  ];
}

/** The adjoint in the image: adds each window's elements, times what was found there, to the image. */
export function addToWindows(lanes: Lanes) {
  const { image, weights, found, elements, elementCount, inners, innerCount, length, step } = parametersOf();
  const [inner, innerEnd, element, elementEnd, base, weight, at, from] = locals(
    "i32",
    "inner",
    "innerEnd",
    "element",
    "elementEnd",
    "base",
    "weight",
    "at",
    "from",
  );
  const factor = local("v128", "factor");
  return func({
    name: "addToWindows",
    parameters: [image, weights, found, elements, elementCount, inners, innerCount, length, step],
    body: [
      set(innerEnd, i32.add(inners, i32.mul(innerCount, 4))),
      set(elementEnd, i32.add(elements, i32.mul(elementCount, 4))),
      countedLoop(inner, inners, innerEnd, 4, [
        set(base, i32.add(image, i32.load(inner))),
        set(weight, weights),
        countedLoop(element, elements, elementEnd, 4, [
          set(factor, lanes.loadSplat(weight)),
          set(at, i32.add(base, i32.load(element))),
          set(from, found),
          ...besideRun(
            lanes,
            at,
            from,
            length,
            step,
            v128.store(at, lanes.multiplyAdd(factor, v128.load(from), v128.load(at))),
            lanes.storeOne(at, lanes.multiplyAdd(factor, lanes.loadOne(from), lanes.loadOne(at))),
          ),
          set(weight, i32.add(weight, lanes.width)),
        ]),
        set(found, i32.add(found, length)),
      ]),
    ],
  });
}

/**
 * The adjoint in the filter: adds, for each element, its products with what was found to a vector in `weights`, of which the lanes are the
 * parts of the sum.
 */
export function weighWindows(lanes: Lanes) {
  const { image, weights, found, elements, elementCount, inners, innerCount, length, step } = parametersOf();
  const [inner, innerEnd, element, elementEnd, base, at, from] = locals(
    "i32",
    "inner",
    "innerEnd",
    "element",
    "elementEnd",
    "base",
    "at",
    "from",
  );
  const sum = local("v128", "sum");
  const plus = (x: Vector, y: Vector): Statement => set(sum, lanes.multiplyAdd(x, y, sum));
  return func({
    name: "weighWindows",
    parameters: [image, weights, found, elements, elementCount, inners, innerCount, length, step],
    body: [
      set(innerEnd, i32.add(inners, i32.mul(innerCount, 4))),
      set(elementEnd, i32.add(elements, i32.mul(elementCount, 4))),
      countedLoop(element, elements, elementEnd, 4, [
        set(sum, v128.load(weights)),
        set(base, i32.add(image, i32.load(element))),
        set(from, found),
        countedLoop(inner, inners, innerEnd, 4, [
          set(at, i32.add(base, i32.load(inner))),
          ...besideRun(
            lanes,
            at,
            from,
            length,
            step,
            plus(v128.load(at), v128.load(from)),
            plus(lanes.loadOne(at), lanes.loadOne(from)),
          ),
        ]),
        v128.store(weights, sum),
        set(weights, i32.add(weights, vectorBytes)),
      ]),
    ],
  });
}
