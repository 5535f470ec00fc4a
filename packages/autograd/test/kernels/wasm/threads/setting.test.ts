import { afterEach, describe, expect, it } from "vitest";
import { Generator, grad, matmul, rand, sum, type Tensor, tanh } from "../../../../src/index.ts";
import { setThreads, teamFor, threads } from "../../../../src/kernels/wasm/threads/setting.ts";
import type { Team } from "../../../../src/kernels/wasm/threads/team.ts";
import { waitFor } from "./probe.ts";

const most = threads().most;
afterEach(() => setThreads(most));

/** The team for much work, once it has started. */
function started(workers: number): Team {
  teamFor(1e12);
  const end = performance.now() + 20_000;
  for (;;) {
    const team = teamFor(1e12);
    if (team !== null) {
      waitFor(team, workers);
      return team;
    }
    if (performance.now() > end) throw new Error("expected workers to start");
  }
}

describe("setThreads", () => {
  it("wants a positive integer", () => {
    for (const count of [0, -1, 1.5, NaN, Infinity])
      expect(() => setThreads(count)).toThrow("setThreads: expected a positive integer");
    expect(threads().most).toBe(most);
  });

  it("has as many threads compute, from when they have started", () => {
    setThreads(3);
    const team = started(2);
    expect(threads()).toEqual({ most: 3, workers: 2, pieces: 0 });
    expect(teamFor(1)).toBe(team);
  });

  it("turns them off, and on again", () => {
    setThreads(2);
    const first = started(1);
    setThreads(1);
    expect(teamFor(1e12)).toBe(null);
    expect(threads()).toEqual({ most: 1, workers: 0, pieces: 0 });
    setThreads(2);
    expect(started(1)).not.toBe(first);
  });

  it("changes nothing where the number stays", () => {
    setThreads(2);
    const team = started(1);
    setThreads(2);
    expect(teamFor(1)).toBe(team);
  });
});

describe("a gradient", () => {
  const generator = new Generator("threads");
  const [x, w, v] = [
    [200, 150],
    [150, 130],
    [130, 61],
  ].map((shape) => rand(generator, shape, -1, 1));
  const gradient = grad((parameters: readonly Tensor[]) =>
    sum(tanh(matmul(tanh(matmul(x, parameters[0])), parameters[1]))),
  );
  const bits = (): number[] => gradient([w, v]).flatMap((tensor) => [...tensor.values()]);

  it("is the same to the bit however many threads there are", () => {
    setThreads(1);
    const alone = bits();
    for (const count of [2, 3, 4]) {
      setThreads(count);
      started(count - 1);
      for (let round = 0; round < 100 && (round < 5 || threads().pieces === 0); round++)
        expect(bits().findIndex((value, k) => !Object.is(value, alone[k]))).toBe(-1);
      expect(threads().pieces).toBeGreaterThan(0);
    }
  });
});
