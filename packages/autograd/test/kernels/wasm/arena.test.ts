import { describe, expect, it } from "vitest";
import { Arena, sharedArena } from "../../../src/kernels/wasm/arena.ts";
import { host } from "./assembler/run-term.ts";

describe("Arena", () => {
  it("is a stack of aligned rooms", () => {
    const arena = new Arena(host);
    const first = arena.allocate(1);
    const mark = arena.mark();
    const second = arena.allocate(100);
    const third = arena.allocate(0);
    expect([first, second, third]).toEqual([0, 64, 192]);
    arena.release(mark);
    expect(arena.allocate(8)).toBe(second);
  });

  it("grows when it must, and only then", () => {
    const arena = new Arena(host);
    const size = arena.memory.buffer.byteLength;
    arena.float32[10] = 1.5;
    const before = arena.float32;
    const mark = arena.mark();
    arena.allocate(size);
    expect(arena.memory.buffer.byteLength).toBe(size);
    arena.release(mark);
    arena.allocate(size + 1);
    expect(arena.memory.buffer.byteLength).toBeGreaterThan(size);
    expect(before.length).toBe(0);
    expect(arena.float32[10]).toBe(1.5);
    expect(arena.float64.length).toBe(arena.memory.buffer.byteLength / 8);
  });

  it("stays as it was when the host has no more memory", () => {
    const arena = new Arena(host);
    const size = arena.memory.buffer.byteLength;
    expect(() => arena.allocate(2 ** 40)).toThrow(RangeError);
    expect(arena.mark()).toBe(0);
    expect(arena.memory.buffer.byteLength).toBe(size);
  });

  it("is shared", () => {
    expect(sharedArena()).toBeInstanceOf(Arena);
    expect(sharedArena()).toBe(sharedArena());
  });
});
