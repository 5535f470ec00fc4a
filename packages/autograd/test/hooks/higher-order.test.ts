import { describe, expect, it } from "vitest";
import {
  backward,
  enableGrad,
  exp,
  grad,
  gradients,
  type Handle,
  mul,
  type Node,
  noGrad,
  onAccumulate,
  onGradient,
  onNode,
  parameter,
  retainGrad,
  sin,
  square,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.ts";

const nodeOf = (x: Tensor): Node => x.node as Node;
const f64 = (value: number): Tensor => parameter([value], { dtype: "f64" });

describe("replacements in a recorded sweep", () => {
  // Each hook multiplies the cotangent of y = sin w by y: the gradient is sin w cos w, its derivative cos 2w.
  const ways: Readonly<Record<string, (y: Tensor) => Handle>> = {
    onGradient: (y) => onGradient(y, (g) => mul(g, y)),
    "onNode before": (y) => onNode(nodeOf(y), { before: ([g]) => [g && mul(g, y)] }),
    "onNode after": (y) => onNode(nodeOf(y), { after: ([g]) => [g && mul(g, y)] }),
  };

  for (const [name, hook] of Object.entries(ways)) {
    it(`are differentiated: ${name}`, () => {
      const f = (x: Tensor): Tensor => {
        const y = sin(x);
        hook(y);
        return sum(y);
      };
      const slope = grad(f);
      expect(slope(tensor(0.3, { dtype: "f64" })).item()).toBeCloseTo(Math.sin(0.6) / 2, 14);
      // The second sweep goes through what the hook recorded, and through y, where the hook would be called again.
      const w = f64(0.3);
      const y = sin(w);
      const handle = hook(y);
      const [first] = gradients(sum(y), [w], { createGraph: true });
      handle.remove();
      expect(gradients(first, [w])[0].item()).toBeCloseTo(Math.cos(0.6), 14);
    });
  }

  it("carry no history in a sweep that is not", () => {
    const w = f64(2);
    const y = square(w);
    onGradient(y, (g) => {
      const replaced = mul(g, y);
      expect(replaced.requiresGrad).toBe(false);
      return replaced;
    });
    expect(gradients(sum(y), [w])[0].requiresGrad).toBe(false);
  });

  it("are called in each sweep: once in the first, once more where the second comes by", () => {
    const w = f64(1.5);
    const y = sin(w);
    let calls = 0;
    onGradient(y, () => {
      calls++;
    });
    const [first] = gradients(sum(y), [w], { createGraph: true });
    expect(calls).toBe(1);
    // sin' reads w, not y, and nothing of the second sweep needs to pass y.
    const [second] = gradients(first, [w], { createGraph: true });
    expect(second.item()).toBeCloseTo(-Math.sin(1.5), 13);
    expect(calls).toBe(1);
    gradients(mul(first, y), [w]);
    expect(calls).toBe(2);
  });
});

describe("a hook that sweeps", () => {
  it("through a graph of its own leaves the sweep around alone", () => {
    const w = parameter([2]);
    const y = square(w);
    const slopes: number[] = [];
    onGradient(y, () => {
      const v = parameter([5]);
      enableGrad(() => backward(sum(square(v))));
      slopes.push(v.grad?.item() ?? 0);
    });
    backward(sum(mul(y, 3)));
    expect([w.grad?.item(), slopes]).toEqual([12, [10]]);
  });

  it("and frees what the sweep around still needs is told so", () => {
    const w = parameter([2]);
    const y = square(w);
    const z = mul(y, 3);
    onGradient(z, () => {
      gradients(y, [w]);
    });
    expect(() => backward(sum(z))).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: backward: the graph of square was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice]`,
    );
    expect(w.grad).toBeNull();
  });

  it("runs in the recording state of the sweep, unless it asks for another", () => {
    const w = parameter([2]);
    const y = square(w);
    const seen: boolean[] = [];
    onGradient(y, () => {
      seen.push(mul(w, 2).requiresGrad, noGrad(() => mul(w, 2)).requiresGrad);
    });
    gradients(sum(y), [w], { retainGraph: true });
    gradients(sum(y), [w], { createGraph: true });
    expect(seen).toEqual([false, false, true, false]);
  });
});

describe("retained gradients", () => {
  it("of a recorded sweep can be differentiated", () => {
    const w = f64(0.7);
    const y = sin(w);
    retainGrad(y);
    backward(sum(exp(y)), { createGraph: true });
    expect(y.grad?.item()).toBeCloseTo(Math.exp(Math.sin(0.7)), 14);
    expect(gradients(sum(y.grad as Tensor), [w])[0].item()).toBeCloseTo(
      Math.exp(Math.sin(0.7)) * Math.cos(0.7),
      13,
    );
  });
});

it("accumulation in a recorded sweep tells the leaf with a gradient that has a graph", () => {
  const w = f64(3);
  let tracked: boolean | undefined;
  onAccumulate(w, ({ grad }) => {
    tracked = grad?.requiresGrad;
  });
  backward(sum(square(w)), { createGraph: true });
  expect(tracked).toBe(true);
});
