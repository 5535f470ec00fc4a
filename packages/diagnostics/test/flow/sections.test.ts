import type { Node } from "@isograd/autograd";
import { expect, it } from "vitest";
import { sectionsOf } from "../../src/flow/sections.ts";
import type { Ways } from "../../src/trace/ways.ts";

/** The sections of a graph, given as what each node sends to, as [top, bottom, nodes]; later operations have larger numbers. */
function sections(sends: Readonly<Record<number, readonly number[]>>, top: number, bottom: number) {
  const nodes = Array.from({ length: 10 }, (_, id) => ({ id }) as Node);
  const ways = {
    stationOf: ({ id }: Node) => (id in sends ? { sent: sends[id].map((to) => ({ to: nodes[to] })) } : null),
  } as unknown as Ways;
  return sectionsOf(nodes[top], nodes[bottom], ways).map((each) => [
    each.top.id,
    each.bottom.id,
    each.nodes.map(({ id }) => id),
  ]);
}

it.each<[string, Record<number, readonly number[]>, [number, number, number[]][]]>([
  [
    "one operation behind another, each its own",
    { 4: [2], 2: [1] },
    [
      [4, 2, [4]],
      [2, 1, [2]],
    ],
  ],
  ["two side by side, the later one first", { 4: [2, 3], 3: [1], 2: [1] }, [[4, 1, [4, 3, 2]]]],
  ["one beside nothing", { 4: [3, 1], 3: [1] }, [[4, 1, [4, 3]]]],
  [
    "two pairs, which meet in between",
    { 7: [6, 5], 6: [4], 5: [4], 4: [3, 2], 3: [1], 2: [1] },
    [
      [7, 4, [7, 6, 5]],
      [4, 1, [4, 3, 2]],
    ],
  ],
  [
    "long and short ways that cross",
    { 8: [6, 3], 6: [5], 5: [3, 2], 3: [2], 2: [1] },
    [
      [8, 2, [8, 6, 5, 3]],
      [2, 1, [2]],
    ],
  ],
  [
    "what leads elsewhere left out, to an end or further down",
    { 5: [4, 3, 0], 4: [2, 0], 3: [], 2: [1], 1: [0], 0: [] },
    [
      [5, 4, [5]],
      [4, 2, [4]],
      [2, 1, [2]],
    ],
  ],
])("cuts ways where they meet: %s", (_, sends, expected) => {
  const top = Math.max(...Object.keys(sends).map(Number));
  expect(sections(sends, top, 1)).toEqual(expected);
});

it("has none where no way leads down, or none is to go", () => {
  expect(sections({ 4: [3], 3: [0] }, 4, 1)).toEqual([]);
  expect(sections({ 4: [3], 3: [1] }, 4, 4)).toEqual([]);
  expect(sections({}, 4, 1)).toEqual([]);
});
