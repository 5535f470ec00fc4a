import { describe, expect, it } from "vitest";
import type { LayerObservation } from "../../../zoo/observation.ts";
import { theDeepChecker } from "../../../zoo/rivals/the-deep-checker.ts";
import { firings, rulesOf, spread, withLayer } from "./observations.ts";

const fired = (changed: (step: number) => Partial<LayerObservation>, epochs = 11): string[] =>
  firings(theDeepChecker, epochs, (step) => withLayer(changed(step)));

describe("TheDeepChecker", () => {
  it("is silent about a usual network", () => {
    expect(firings(theDeepChecker, 30)).toEqual([]);
  });

  it("says each tenth step that a gradient vanishes below a mean of 1e-6", () => {
    const gradient = (size: number) => () => ({ gradient: new Float64Array(16).fill(size) });
    expect(fired(gradient(0.99e-6))).toEqual(["vanishing gradient@10", "vanishing gradient@20"]);
    expect(fired(gradient(1.01e-6))).toEqual([]);
    const told = firings(theDeepChecker, 60, () => withLayer(gradient(0.99e-6)()), 4);
    expect(told).toEqual(["vanishing gradient@40", "vanishing gradient@80"]);
  });

  it("says that it vanishes or explodes by a factor of two a step, over five steps", () => {
    const growing = (factor: number, from: number) => (step: number) => ({
      gradient: new Float64Array(16).fill(factor ** Math.max(0, step - from)),
    });
    expect(fired(growing(0.5, 6), 6)).toEqual(["vanishing gradient@10"]);
    expect(fired(growing(0.51, 6), 6)).toEqual([]);
    expect(fired(growing(0.5, 7), 6)).toEqual([]);
    expect(fired(growing(2, 6), 6)).toEqual(["exploding gradient@10"]);
    expect(fired(growing(1.99, 6), 6)).toEqual([]);
    expect(fired(growing(2, 7), 6)).toEqual([]);
  });

  it("says that it explodes above a mean of 1e6", () => {
    expect(fired(() => ({ gradient: [1.01e6] }), 6)).toEqual(["exploding gradient@10"]);
    expect(fired(() => ({ gradient: [0.99e6] }), 6)).toEqual([]);
  });

  it("says of what is not finite that it is not, at each step", () => {
    expect(fired(() => ({ gradient: [Number.NaN] }), 1)).toEqual(["not finite@0", "not finite@1"]);
    expect(fired(() => ({ outputs: [Number.POSITIVE_INFINITY] }), 1)).toEqual([
      "not finite@0",
      "not finite@1",
    ]);
  });

  it("bounds the mean log of updates over weights, over ten steps, by -4 and -1", () => {
    const weight = spread(16, 1);
    const update = (log: number) => () => ({ weight, update: weight.map((x) => 10 ** log * x) });
    expect(fired(update(-0.99), 6)).toEqual(["fast updates@10"]);
    expect(fired(update(-1.01), 6)).toEqual([]);
    expect(fired(update(-4.01), 6)).toEqual(["slow updates@10"]);
    expect(fired(update(-3.99), 6)).toEqual([]);
    expect(fired(() => ({ update: new Float64Array(16) }), 6)).toEqual(["untrained weights@10"]);
    // From the eleventh step on each ten count by themselves.
    const later = (step: number) => update(step <= 10 ? -2 : -0.5)();
    expect(fired(later)).toEqual(["fast updates@20"]);
  });

  it("says that units are dead where 95 % of what more than half of them give is below 1e-5", () => {
    const outputs =
      (idle: number, size: number, active = 0) =>
      () => ({
        outputs: Float64Array.from({ length: 400 }, (_, i) => (i % 4 < idle && i >= 4 * active ? size : 4)),
      });
    expect(fired(outputs(3, 0.99e-5), 6)).toEqual(["dead activation@10"]);
    expect(fired(outputs(3, -0.99e-5, 4), 6)).toEqual(["dead activation@10"]);
    expect(fired(outputs(3, 0.99e-5, 6), 6)).toEqual([]);
    expect(fired(outputs(3, 1.01e-5), 6)).toEqual([]);
    expect(fired(outputs(2, 0.99e-5), 6)).toEqual([]);
  });

  it("says that tanh and sigmoid are saturated where half of the units lie 0.85 of the way to the ends", () => {
    const outputs = (activation: string, low: number, high: number, units = 4) => ({
      activation,
      outputs: Float64Array.from({ length: 40 }, (_, i) => (i % 4 < units ? (i % 8 < 4 ? low : high) : 0.5)),
    });
    expect(fired(() => outputs("tanh", -0.86, 0.86), 6)).toEqual(["saturated activation@10"]);
    expect(fired(() => outputs("tanh", -0.84, 0.84), 6)).toEqual([]);
    expect(fired(() => outputs("sigmoid", 0.07, 0.93), 6)).toEqual(["saturated activation@10"]);
    expect(fired(() => outputs("sigmoid", 0.08, 0.92), 6)).toEqual([]);
    expect(fired(() => outputs("tanh", -0.9, 0.9, 2), 6)).toEqual([]);
  });

  it("says that activations are unstable where their deviation lies beyond 0.5 to 2 by its F test", () => {
    const outputs = (deviation: number) => () => ({
      outputs: Float64Array.from({ length: 40 }, (_, i) => 10 + (i % 8 < 4 ? deviation : -deviation)),
    });
    const edge = Math.sqrt(2.70554);
    expect(fired(outputs(0.99 * (0.5 / edge)), 6)).toEqual(["unstable activation@10"]);
    expect(fired(outputs(1.01 * (0.5 / edge)), 6)).toEqual([]);
    expect(fired(outputs(1.01 * 2 * edge), 6)).toEqual(["unstable activation@10"]);
    expect(fired(outputs(0.99 * 2 * edge), 6)).toEqual([]);
    expect(fired(() => ({ ...outputs(0.1)(), activation: null }), 6)).toEqual([]);
  });

  it("judges activations over the last ten batches only", () => {
    const early = (step: number) => ({ outputs: spread(40, step < 11 ? 1 : 1e-6) });
    expect(rulesOf(fired(early, 11))).toEqual(["dead activation", "unstable activation"]);
    const earlier = (step: number) => ({ outputs: spread(40, step < 12 ? 1 : 1e-6) });
    expect(fired(earlier, 11)).toEqual([]);
  });
});
