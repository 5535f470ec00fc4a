import { describe, expect, it } from "vitest";
import { extrapolate } from "../../src/advise/extrapolation.ts";

const meansOf = (standings: number[][]): number[] => extrapolate(standings, 16).map(({ mean }) => mean);
const variancesOf = (standings: number[][], segments = 16): number[] =>
  extrapolate(standings, segments).map(({ deviation }) => deviation ** 2);

const sizes = (...numbers: number[]) => numbers.map((value) => expect.closeTo(value, 12));

describe("who stayed behind gains what the others gained from there", () => {
  it("on the average, segment by segment, and who went furthest nothing", () => {
    const standings = [[0], [1, 3], [5, 6, 10], [2, 3, 5]];
    // From the first segment 2, 1 and 1, from the second 4 and 2.
    expect(meansOf(standings)).toEqual(sizes(0 + 4 / 3 + 3, 3 + 3, 10, 5));
  });

  it("whatever the order, and if it is one alone", () => {
    expect(meansOf([[2, 3, 5], [0]])).toEqual([5, 3]);
    expect(meansOf([[7]])).toEqual([7]);
    expect(extrapolate([], 16)).toEqual([]);
  });
});

describe("the size of the walk", () => {
  it.each([
    [[3], 0],
    [[3, 1], 4],
    [[1, 3, 0], 4],
    [[1, 0, 3, -7], (4 + 9) / 2],
    [[1, 0, 3, -7, -9], (4 + 9) / 2],
  ])("is how far behind the best the better half began: %j", (beginnings, square) => {
    // From the first of 16 segments to the end there are log 16 to go.
    const variances = variancesOf(beginnings.map((standing) => [standing]));
    expect(variances).toEqual(sizes(...beginnings.map(() => square)));
  });

  it("is the mean of that and of the changes about what all have in common, each per log of the steps", () => {
    const standings = [
      [3, 4, 6],
      [1, 6, 7],
      [0, 3],
    ];
    // Began 2 behind; 1, 5 and 3 about 3 from one segment to two: 8 with two degrees of freedom; 2 and 1 to three.
    const walk = (4 / Math.log(16) + 8 / Math.log(2) + 0.5 / Math.log(3 / 2)) / 4;
    expect(variancesOf(standings)).toEqual(
      sizes(walk * Math.log(16 / 3), walk * Math.log(16 / 3), walk * Math.log(8)),
    );
  });

  it("knows nothing of a change that one alone made", () => {
    expect(variancesOf([[1, 9, 30], [0]])).toEqual(sizes(Math.log(16 / 3) / Math.log(16), 1));
  });

  it("leaves no doubt at the end, nor behind it", () => {
    expect(variancesOf([[1, 1], [0, 0], [0]], 2).slice(0, 2)).toEqual([0, 0]);
    expect(variancesOf([[1, 1, 1], [0]], 2)).toEqual(sizes(0, 1));
  });
});
