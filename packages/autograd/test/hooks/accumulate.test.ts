import { describe, expect, it } from "vitest";
import {
  backward,
  gradients,
  mul,
  onAccumulate,
  onGradient,
  parameter,
  square,
  sub,
  sum,
  tensor,
} from "../../src/index.ts";

describe("calls after accumulation", () => {
  it("see the leaf with all that has been added", () => {
    const w = parameter([1, 2]);
    const seen: unknown[] = [];
    onAccumulate(w, (leaf) => {
      expect(leaf).toBe(w);
      seen.push(leaf.grad?.toArray());
    });
    onGradient(w, (g) => mul(g, 10));
    backward(sum(mul(w, 2)));
    backward(sum(mul(w, 3)));
    expect(seen).toEqual([
      [20, 20],
      [50, 50],
    ]);
  });

  it("may take an optimizer's step and drop the gradient, while the sweep still needs the old value", () => {
    const [w, v] = [parameter([3]), parameter([2])];
    for (const leaf of [w, v]) {
      onAccumulate(leaf, ({ grad }) => {
        leaf.assign(sub(leaf.detach(), mul(grad ?? 0, 0.5)));
        leaf.grad = null;
      });
    }
    // v is used last, so its gradient 3 · w² = 27 comes first; that of w, 2 · w · v · 3, reads v as it was.
    backward(sum(mul(mul(square(w), v), 3)));
    expect([w.toArray(), v.toArray()]).toEqual([[3 - 18], [2 - 13.5]]);
    expect([w.grad, v.grad]).toEqual([null, null]);
  });

  it("are made where something arrives, and only by sweeps that accumulate", () => {
    const [w, unused] = [parameter([1]), parameter([1])];
    let calls = 0;
    onAccumulate(w, () => calls++);
    onAccumulate(unused, () => expect.unreachable());
    gradients(sum(mul(w, 2)), [w]);
    expect(calls).toBe(0);
    const handle = onAccumulate(w, () => {
      calls++;
      handle.remove();
    });
    backward(sum(mul(w, 2)));
    backward(sum(mul(w, 2)));
    expect(calls).toBe(3);
  });

  it("belong to leaves", () => {
    expect(() => onAccumulate(mul(parameter([1]), 2), () => {})).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: onAccumulate: only a leaf gathers its gradient, and mul made this tensor; retainGrad or onGradient see it]`,
    );
    expect(() => onAccumulate(tensor([1]), () => {})).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onAccumulate: expected a tensor that gradients flow to, got Tensor]`,
    );
  });
});
