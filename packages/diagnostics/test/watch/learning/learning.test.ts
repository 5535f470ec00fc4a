import {
  Generator,
  gradients,
  mean,
  mul,
  parameter,
  randn,
  square,
  sub,
  sum,
  tensor,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import type { Contraction } from "../../../src/trace/network.ts";
import { Learning } from "../../../src/watch/learning/learning.ts";
import type { Stalled } from "../../../src/watch/steps/stall.ts";

const drawn = randn(new Generator("learning"), [16, 2], "f64");
const targets = sub(drawn, mean(drawn, { axis: 0 }));
const stalled: Stalled = { sweeps: 128, path: 1e-3, left: 1, loss: 1, isShort: true, pValue: 1e-9 };

/** A pass whose output is `share` of what it should be. */
function passAt(share: number) {
  const output = parameter(mul(share, targets));
  const loss = sum(square(sub(output, targets)));
  const [cotangent] = gradients(loss, [output]);
  const last = {
    place: "last",
    output,
    cotangent,
    node: { op: { contraction: "plain" } },
    feeds: false,
    below: null,
  };
  return {
    sweep: 129,
    contractions: [last as unknown as Contraction],
    loss: loss.item(),
    updates: 10,
    gain: 1,
    key: 1,
  };
}

const said = (pass: ReturnType<typeof passAt>, suspected = stalled): string[] => {
  const learning = new Learning();
  learning.suspect(suspected, 1);
  expect(learning.isDue(129, 10)).toBe(true);
  const found = learning.next(pass);
  expect(learning.isDue(130, 10)).toBe(false);
  return found.map(({ detector }) => detector);
};

it("takes short steps for a fault where the output does not take as much off the loss as is left of it", () => {
  // The loss of a share s of the targets is (1 - s)², and what it takes off 2 s (1 - s): as much at s = 1/3.
  expect(said(passAt(0.3))).toEqual(["watch.stall"]);
  expect(said(passAt(0.37))).toEqual([]);
  expect(said(passAt(0.9))).toEqual([]);
});

it("takes them for one where nobody knows what is told apart", () => {
  expect(said({ ...passAt(0.9), contractions: [] })).toEqual(["watch.stall"]);
  const few = passAt(0.9);
  const [last] = few.contractions;
  const cotangent = tensor([[1, 1]], { dtype: "f64" });
  expect(said({ ...few, contractions: [{ ...last, output: cotangent, cotangent }] })).toEqual([
    "watch.stall",
  ]);
});

it("takes them for one where gradients are noise only if the output says next to nothing", () => {
  const floor = { ...stalled, pValue: null };
  // Σ |δ o| of a share s is 2 s (1 - s), of the loss (1 - s)²: a tenth at s = 1/21.
  expect(said(passAt(0.045), floor)).toEqual(["watch.stall"]);
  expect(said(passAt(0.05), floor)).toEqual([]);
  expect(said({ ...passAt(0.045), contractions: [] }, floor)).toEqual([]);
});

it("has nothing to say of training that is on its way", () => {
  expect(new Learning().next(passAt(0.3))).toEqual([]);
});

it("waits for the layers of the program that stays", () => {
  const learning = new Learning();
  learning.suspect(stalled, 2);
  expect(learning.next(passAt(0.3))).toEqual([]);
  expect(learning.isDue(130, 10)).toBe(true);
  expect(learning.next({ ...passAt(0.3), key: 2 })).toHaveLength(1);
});
