import { afterAll, describe, expect, it } from "vitest";
import { control } from "../../../../src/kernels/wasm/threads/control.ts";
import type { Piece } from "../../../../src/kernels/wasm/threads/jobs.ts";
import { Team } from "../../../../src/kernels/wasm/threads/team.ts";
import { host } from "../assembler/run-term.ts";
import { count, loaded, waitFor } from "./probe.ts";

describe.each([0, 1, 3])("Team with %i workers", (workers) => {
  const team = new Team(host, workers);
  afterAll(() => team.stop());
  const functions = loaded(team);
  const numbers = (address: number, length: number): number[] => [
    ...new Int32Array(team.arena.memory.buffer, address, length),
  ];

  it("starts without the event loop", () => {
    waitFor(team, workers);
    expect(team.ready).toBe(workers);
  });

  it("computes each piece once, job after job", () => {
    const mark = team.arena.mark();
    const counts = [0, 1, 2, 3, 7, control.pieceLimit, control.pieceLimit + 1, 3 * control.pieceLimit];
    for (let round = 0; round < 50; round++) {
      for (const length of counts) {
        const start = team.arena.allocate(4 * length);
        new Int32Array(team.arena.memory.buffer, start, length).fill(0);
        team.run(Array.from({ length }, (_, k): Piece => [functions.count, start + 4 * k, 100 + k]));
        expect(numbers(start, length)).toEqual(Array.from({ length }, (_, k) => 100 + k));
        team.arena.release(mark);
      }
    }
  });

  it("computes pieces with any number of operands", () => {
    const start = team.arena.mark();
    for (const length of [30, 31, 32, 100]) {
      new Int32Array(team.arena.memory.buffer, start, 4).fill(0);
      const more = new Array(length - 2).fill(7); // nobody reads them
      team.run([0, 1, 2, 3].map((k): Piece => [functions.count, start + 4 * k, 50, ...more]));
      expect(numbers(start, 4)).toEqual([50, 50, 50, 50]);
    }
  });

  it("hands pieces to workers, where there are any", () => {
    const [before, start] = [team.helped, team.arena.mark()];
    for (let job = 0; job < (workers === 0 ? 2 : 1000) && team.helped === before; job++)
      team.run(Array.from({ length: 8 }, (_, k): Piece => [functions.count, start + 64 * k, 100_000]));
    expect(team.helped > before).toBe(workers > 0);
  });

  it("goes on in memory that has grown", () => {
    const mark = team.arena.mark();
    const { byteLength } = team.arena.memory.buffer;
    const start = team.arena.allocate(2 * byteLength);
    expect(team.arena.memory.buffer.byteLength).toBeGreaterThan(byteLength);
    const last = start + 2 * byteLength - 4 * 32;
    team.run(Array.from({ length: 32 }, (_, k): Piece => [functions.count, last + 4 * k, 10_000]));
    expect(new Set(numbers(last, 32))).toEqual(new Set([10_000]));
    team.arena.release(mark);
  });

  it("says that a kernel has failed, and goes on", () => {
    const start = team.arena.mark();
    for (let round = 0; round < 20; round++) {
      const failing = Array.from({ length: 16 }, (_, k): Piece => {
        return k % 4 === round % 4 ? [functions.trap] : [functions.count, start + 64 * k, 1000];
      });
      expect(() => team.run(failing)).toThrow(/unreachable|a kernel has failed in a worker/);
      const view = new Int32Array(team.arena.memory.buffer, start, 1).fill(0);
      team.run([[functions.count, start, 5]]);
      expect(view[0]).toBe(5);
    }
  });

  it("takes modules as long as there is room for them", () => {
    let taken = 0;
    while (team.load({ count }) !== null) taken++;
    expect(taken).toBe(control.functionLimit - 2);
  });
});

describe("Team", () => {
  it("works with memory that is smaller, where there is none larger", () => {
    const asked: number[] = [];
    class Memory extends host.Memory {
      constructor(limits: { initial: number; maximum?: number; shared?: boolean }) {
        asked.push(limits.maximum ?? NaN);
        if (asked.length === 1) throw new RangeError("could not allocate memory");
        super(limits);
      }
    }
    const team = new Team({ ...host, Module: host.Module, Instance: host.Instance, Memory }, 0);
    expect(team.ready).toBe(0);
    expect(asked).toEqual([16_384, 4096]);
  });
});
