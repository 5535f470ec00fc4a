import { setTimeout as wait } from "node:timers/promises";
import { batches, prefetch, type Source } from "@isograd/nn";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// A rejection that nobody handles must not slip by: it would end the process of a user.
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", note));
afterEach(async () => {
  await wait(0);
  process.off("unhandledRejection", note);
  expect(unhandled.splice(0)).toEqual([]);
});

interface Plan {
  /** How many numbers come. */
  readonly length: number;
  /** The number that cannot be had. */
  readonly failsAt?: number;
  readonly failsToOpen?: boolean;
  readonly failsToClose?: boolean;
  /** The number behind which the state cannot be read. */
  readonly stateFailsAt?: number;
}

/** Numbers from 0 on, each a while after it was asked for; `log` says what became of the source. */
class Fake implements AsyncIterable<number> {
  readonly log: string[] = [];
  reading = 0;
  asked = 0;
  given = 0;

  constructor(readonly plan: Plan) {}

  get state(): number {
    if (this.given > 0 && this.given - 1 === this.plan.stateFailsAt) throw new Error("no state");
    return this.given;
  }

  [Symbol.asyncIterator](): AsyncIterator<number> {
    if (this.plan.failsToOpen) throw new Error("cannot open");
    this.log.push("opened");
    return {
      next: async () => {
        expect(this.reading++).toBe(0);
        const number = this.asked++;
        await Promise.resolve();
        this.reading--;
        if (number === this.plan.failsAt) throw new Error(`no ${number}`);
        if (number >= this.plan.length) {
          this.log.push("ended");
          return { done: true, value: undefined };
        }
        this.given++;
        return { done: false, value: number };
      },
      return: async () => {
        this.log.push("closed");
        if (this.plan.failsToClose) throw new Error("cannot close");
        return { done: true, value: undefined };
      },
    };
  }
}

/** Goes through a source, up to a number. */
async function take(source: AsyncIterable<number>, stopAt = Number.POSITIVE_INFINITY) {
  const numbers: number[] = [];
  try {
    for await (const number of source) {
      numbers.push(number);
      if (number === stopAt) break;
      await Promise.resolve();
    }
  } catch (error) {
    return { numbers, error: (error as Error).message };
  }
  return { numbers, error: null };
}

describe("prefetch", () => {
  it("gives what the source gives, errors included, whatever fails where", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          length: fc.integer({ min: 0, max: 6 }),
          failsAt: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
          failsToOpen: fc.boolean(),
          failsToClose: fc.boolean(),
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 7 }),
        async (plan, count, stopAt) => {
          const [plain, fake] = [new Fake(plan), new Fake(plan)];
          const found = await take(prefetch(fake, { count }), stopAt);
          const expected = await take(plain, stopAt);
          const closed = fake.log.filter((event) => event === "closed").length;
          // What had ended or failed ahead needs no closing, which then cannot fail.
          expect(found).toEqual(
            expected.error === "cannot close" && closed === 0 ? { ...expected, error: null } : expected,
          );
          const ended =
            fake.log.includes("ended") || (plan.failsAt !== undefined && fake.asked > plan.failsAt);
          if (!plan.failsToOpen) expect(closed + Number(ended)).toBeGreaterThanOrEqual(1);
          expect(closed).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("reads no more than so many ahead, and does so while one is in use", async () => {
    const fake = new Fake({ length: 10 });
    for await (const number of prefetch(fake, { count: 3 })) {
      await wait(0);
      expect(fake.asked).toBe(Math.min(number + 4, 11));
    }
  });

  it("opens nothing before it is asked, and reads nothing behind an end or a failure", async () => {
    const fake = new Fake({ length: 2 });
    const iterator = prefetch(fake, { count: 5 })[Symbol.asyncIterator]();
    await wait(0);
    expect(fake.log).toEqual([]);
    await iterator.next();
    await wait(0);
    expect([fake.log, fake.asked]).toEqual([["opened", "ended"], 3]);
    const failing = new Fake({ length: 9, failsAt: 1 });
    expect(await take(prefetch(failing, { count: 5 }))).toEqual({ numbers: [0], error: "no 1" });
    expect(failing.asked).toBe(2);
  });

  it("ends behind an error", async () => {
    const iterator = prefetch(new Fake({ length: 9, failsAt: 0 }))[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow("no 0");
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it("answers those who ask again before the answer has come, in order", async () => {
    const iterator = prefetch(new Fake({ length: 2 }))[Symbol.asyncIterator]();
    const answers = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    expect(answers.map(({ value }) => value)).toEqual([0, 1, undefined]);
  });

  it("closes a source whose state cannot be read", async () => {
    const fake = new Fake({ length: 4, stateFailsAt: 1 });
    const slowly = async () => {
      for await (const _ of prefetch(fake)) await wait(0);
    };
    await expect(slowly()).rejects.toThrow("no state");
    expect([fake.log, fake.asked]).toEqual([["opened", "closed"], 2]);
  });

  it("asks for nothing more once it is left", async () => {
    const fake = new Fake({ length: 9 });
    for await (const _ of prefetch(fake, { count: 7 })) break;
    const { asked } = fake;
    await wait(0);
    expect([fake.asked, fake.log]).toEqual([asked, ["opened", "closed"]]);
    expect(asked).toBeLessThan(4);
  });

  it("has the state that the source had behind what was handed on, not what was read ahead", async () => {
    const fake = new Fake({ length: 5 });
    const data = prefetch(fake, { count: 3 });
    expect(data.state).toEqual({ source: 0, batch: 0 });
    for await (const number of data) {
      await wait(0);
      expect(data.state).toEqual({ source: number + 1, batch: number + 1 });
    }
    expect(data.state).toEqual({ source: 5, batch: 0 });
  });

  it("keeps a state that the source goes on changing as it was", async () => {
    const state = { given: 0 };
    const source = {
      state,
      async *[Symbol.asyncIterator]() {
        for (; state.given < 4; state.given++) yield state.given;
      },
    };
    const data = prefetch(source, { count: 2 });
    for await (const number of data) {
      await wait(0);
      expect(data.state.source).toEqual({ given: number });
    }
  });

  it("keeps nobody waiting for a source that hangs, once aborted", async () => {
    let closed = 0;
    const hanging: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: () => {
          closed++;
          return new Promise(() => {});
        },
      }),
    };
    const controller = new AbortController();
    const waiting = take(prefetch(hanging, { signal: controller.signal }));
    await wait(0);
    controller.abort(new Error("enough"));
    expect(await waiting).toEqual({ numbers: [], error: "enough" });
    expect(closed).toBe(1);
    expect(await take(prefetch(new Fake({ length: 3 }), { signal: controller.signal }))).toEqual({
      numbers: [],
      error: "enough",
    });
  });

  it("lets go of a signal that outlives it", async () => {
    const listeners = new Set<unknown>();
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
    };
    for await (const _ of prefetch(new Fake({ length: 3 }), { signal })) expect(listeners.size).toBe(0);
    expect(listeners.size).toBe(0);
  });

  it("takes any iterable, and knows its length where the source does", async () => {
    const numbers = prefetch([1, 2, 3]);
    expect([numbers.length, await take(numbers)]).toEqual([3, { numbers: [1, 2, 3], error: null }]);
    expect(prefetch(new Fake({ length: 3 })).length).toBeUndefined();
    const data = prefetch(batches({ x: Float32Array.of(1, 2, 3) }, { batchSize: 2 }));
    expect(data.length).toBe(2);
    for await (const { x } of data) expect(x.dtype).toBe("f32");
  });

  it("refuses counts below 1, and states of other sources", () => {
    expect(() => prefetch([], { count: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: prefetch: expected count to be a whole number from 1 on, got 0]`,
    );
    const data: Source<number> = prefetch([1]);
    expect(() => {
      data.state = { source: 1, batch: 0 };
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: prefetch.state: expected the state of a source like the present one, got 1]`,
    );
    expect(() => {
      data.state = { source: undefined, batch: 0.5 };
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: prefetch.state: expected a batch that is a whole number from 0 on, got 0.5]`,
    );
  });
});
