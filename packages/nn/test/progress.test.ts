import { Writable } from "node:stream";
import { train } from "@isograd/nn";
import { withProgress } from "@isograd/nn/progress";
import { describe, expect, it } from "vitest";
import { problem } from "./training/problem.ts";
import { memoryStore } from "./training/runs.ts";

const steps = async function* () {
  for (let step = 0; step < 3; step++)
    yield { step, epoch: 0, batch: step, steps: 3, loss: 1 / (step + 1), rows: 1 };
};

/** Something to write to that may say it is a terminal. */
function screen(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  let written = "";
  const stream = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  const terminal = {
    isTTY,
    columns: 80,
    rows: 24,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  };
  return { stream: Object.assign(stream, terminal) as unknown as NodeJS.WriteStream, text: () => written };
}

describe("withProgress", () => {
  it("passes the steps on and draws a bar where there is a terminal", async () => {
    const { stream, text } = screen(true);
    const seen: number[] = [];
    for await (const { step } of withProgress(steps(), { stream })) seen.push(step);
    expect(seen).toEqual([0, 1, 2]);
    expect(text()).toContain("3/3 steps, epoch 1, loss 0.3333");
  });

  it("begins where the run is, with accumulated batches as one step", async () => {
    const checkpoints = memoryStore({ everySteps: 1 });
    const run = () => ({ ...problem(), epochs: 3, accumulate: 2, checkpoints });
    for await (const { step } of train(run())) if (step === 4) break;
    const { stream, text } = screen(true);
    for await (const _ of withProgress(train(run()), { stream }));
    expect(text()).toContain("4/6 steps, epoch 3");
    expect(text()).toContain("6/6 steps, epoch 3");
    expect(text()).not.toMatch(/[0-3]\/6 steps/);
  });

  it("draws nothing elsewhere", async () => {
    const { stream, text } = screen(false);
    const seen: number[] = [];
    for await (const { step } of withProgress(steps(), { stream })) seen.push(step);
    expect(seen).toEqual([0, 1, 2]);
    expect(text()).toBe("");
  });

  it("takes the bar down when the loop is left", async () => {
    const { stream, text } = screen(true);
    for await (const _ of withProgress(steps(), { stream })) break;
    expect(text().endsWith("\n")).toBe(true);
  });
});
