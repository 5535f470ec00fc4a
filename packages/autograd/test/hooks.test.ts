import { describe, expect, it } from "vitest";
import type { Node, Observer, OperationEvent, SweepEvent } from "../src/index.ts";
import {
  add,
  backward,
  cos,
  grad,
  gradients,
  mul,
  observe,
  onGradient,
  onNode,
  parameter,
  retainGrad,
  sin,
  square,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../src/index.ts";

const nodeOf = (x: Tensor): Node => x.node as Node;

describe("hooks on gradients", () => {
  it("see the sum of all that flows in, once a sweep", () => {
    const w = parameter([1, 2]);
    const y = mul(w, 3);
    const seen: unknown[] = [];
    onGradient(y, (g) => {
      seen.push(g.toArray());
    });
    const loss = sum(add(mul(y, 2), mul(y, y)));
    backward(loss, { retainGraph: true });
    expect(seen).toEqual([[8, 14]]);
    backward(loss);
    expect(seen).toEqual([
      [8, 14],
      [8, 14],
    ]);
  });

  it("replace what they see, in order of registration", () => {
    const w = parameter([1]);
    const y = mul(w, 5);
    onGradient(y, (g) => mul(g, 10));
    onGradient(y, (g) => add(g, 1));
    onGradient(y, () => {});
    backward(sum(y));
    expect(w.grad?.toArray()).toEqual([55]);
  });

  it("on leaves run before the gradient is added", () => {
    const w = parameter([1]);
    onGradient(w, (g) => mul(g, -1));
    backward(sum(mul(w, 2)));
    backward(sum(mul(w, 2)));
    expect(w.grad?.toArray()).toEqual([-4]);
  });

  it("must keep the shape", () => {
    const w = parameter([1, 2]);
    onGradient(w, (g) => sum(g));
    expect(() => backward(sum(w))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: onGradient: expected the hook on leaf to keep the shape, got [2] and []]`,
    );
  });

  it("are not called where nothing arrives", () => {
    const w = parameter([1]);
    const unused = mul(w, 2);
    onGradient(unused, () => expect.unreachable());
    backward(sum(mul(w, 3)));
    expect(w.grad?.toArray()).toEqual([3]);
  });

  it("see the logical cotangent of a broadcast tensor", () => {
    const w = parameter([1]);
    const shapes: unknown[] = [];
    onGradient(w, (g) => {
      shapes.push(g.shape);
    });
    backward(sum(mul(w, tensor([1, 2, 3]))));
    expect(shapes).toEqual([[1]]);
    expect(w.grad?.toArray()).toEqual([6]);
  });

  it("hold for a snapshot's leaf, and for a leaf that has taken a new value", () => {
    const w = parameter([1]);
    onGradient(w, (g) => mul(g, 2));
    w.assign(tensor([5]));
    backward(sum(square(w)));
    expect(w.grad?.toArray()).toEqual([20]);
  });
});

describe("handles", () => {
  it("take back by remove, as often as one likes", () => {
    const w = parameter([1]);
    const first = onGradient(w, (g) => mul(g, 10));
    const second = onGradient(w, (g) => mul(g, 3));
    first.remove();
    first.remove();
    backward(sum(w));
    expect(w.grad?.toArray()).toEqual([3]);
    second.remove();
    backward(sum(w));
    expect(w.grad?.toArray()).toEqual([4]);
  });

  it("take back at the end of a block with using, also when it throws", () => {
    const w = parameter([1]);
    expect(() => {
      using _ = onGradient(w, (g) => mul(g, 100));
      throw new Error("on the way");
    }).toThrow("on the way");
    {
      using _ = onGradient(w, (g) => mul(g, 7));
      backward(sum(w));
    }
    backward(sum(w));
    expect(w.grad?.toArray()).toEqual([8]);
  });

  it("take back their own registration, though the same function stands twice", () => {
    const w = parameter([1]);
    const double = (g: Tensor): Tensor => mul(g, 2);
    const [first] = [onGradient(w, double), onGradient(w, double)];
    first.remove();
    first.remove();
    backward(sum(w));
    expect(w.grad?.toArray()).toEqual([2]);
  });

  it("end a call that has not come yet, in the same sweep", () => {
    const w = parameter([1]);
    const y = mul(w, 2);
    onGradient(y, () => {
      later.remove();
      node.remove();
    });
    const later = onGradient(y, () => expect.unreachable());
    const node = onNode(nodeOf(y), {
      before: () => expect.unreachable(),
      after: () => expect.unreachable(),
    });
    backward(sum(y));
    expect(w.grad?.toArray()).toEqual([2]);
  });

  it("may be removed, and added to, while a sweep runs", () => {
    const w = parameter([1]);
    const calls: string[] = [];
    const once = onGradient(w, () => {
      calls.push("once");
      once.remove();
      onGradient(w, () => {
        calls.push("later");
      });
    });
    backward(sum(w));
    expect(calls).toEqual(["once"]);
    backward(sum(w));
    expect(calls).toEqual(["once", "later"]);
  });
});

describe("the order of calls", () => {
  it("is: hooks, retained gradient, observers, before, the rule, after; later nodes first", () => {
    const w = parameter([3]);
    const y = mul(w, 2);
    const z = square(y);
    const calls: string[] = [];
    const note = (text: string) => (): undefined => {
      calls.push(text);
    };
    onNode(nodeOf(y), { before: note("before mul"), after: note("after mul") });
    onGradient(y, (g) => {
      calls.push(`hook mul, grad ${y.grad}`);
      return mul(g, 1);
    });
    retainGrad(y);
    onGradient(w, note("hook leaf"));
    using _ = observe({
      cotangent: ({ node }) => {
        if (node === nodeOf(y)) calls.push(`observer mul, grad ${y.grad?.item()}`);
        else calls.push(`observer ${node.op?.name ?? "leaf"}`);
      },
      operation: ({ op }) => calls.push(`runs ${op.name}`),
      swept: () => calls.push("swept"),
    });
    backward(z);
    expect(calls).toEqual([
      "observer square",
      "runs square.vjp0",
      "hook mul, grad null",
      "runs mul",
      "observer mul, grad 12",
      "before mul",
      "runs mul.vjp0",
      "after mul",
      "hook leaf",
      "observer leaf",
      "swept",
    ]);
    expect(w.grad?.item()).toBe(24);
  });
});

describe("calls around nodes", () => {
  it("see the cotangents that come and those that go", () => {
    const [w, v] = [parameter([2]), parameter([5])];
    const y = mul(w, v);
    const seen: unknown[] = [];
    const handle = onNode(nodeOf(y), {
      before: (cotangents) => {
        seen.push(cotangents.map((g) => g?.item()));
      },
      after: (cotangents) => {
        seen.push(cotangents.map((g) => g?.item()));
      },
    });
    backward(sum(mul(y, 3)), { retainGraph: true });
    expect(seen).toEqual([[3], [15, 6]]);
    handle.remove();
    backward(sum(mul(y, 3)));
    expect(seen).toHaveLength(2);
  });

  it("see null where no gradient goes", () => {
    const w = parameter([2]);
    const y = mul(w, tensor([5]));
    const seen: unknown[] = [];
    onNode(nodeOf(y), {
      after: (cotangents) => {
        seen.push(cotangents.map((g) => g?.item() ?? null));
      },
    });
    backward(y);
    expect(seen).toEqual([[5, null]]);
  });
});

describe("retained gradients", () => {
  it("stay on tensors that are no leaves, hooks applied, and add up", () => {
    const w = parameter([1]);
    const y = mul(w, 2);
    retainGrad(y);
    onGradient(y, (g) => mul(g, 10));
    const loss = sum(mul(y, 3));
    backward(loss, { retainGraph: true });
    expect(y.grad?.toArray()).toEqual([30]);
    backward(loss);
    expect(y.grad?.toArray()).toEqual([60]);
  });

  it("are kept once, though asked for twice, until both handles are removed", () => {
    const y = mul(parameter([1]), 2);
    const handles = [retainGrad(y), retainGrad(y)];
    const loss = sum(mul(y, 3));
    backward(loss, { retainGraph: true });
    expect(y.grad?.toArray()).toEqual([3]);
    handles[0].remove();
    backward(loss, { retainGraph: true });
    expect(y.grad?.toArray()).toEqual([6]);
    handles[1].remove();
    backward(loss);
    expect(y.grad?.toArray()).toEqual([6]);
  });

  it("are not kept without asking, nor twice on leaves", () => {
    const w = parameter([1]);
    const y = mul(w, 2);
    retainGrad(w);
    backward(sum(y));
    expect([y.grad, w.grad?.toArray()]).toEqual([null, [2]]);
  });
});

describe("under higher order", () => {
  it("hooks are recorded when the sweep is", () => {
    const w = parameter([0.3], { dtype: "f64" });
    const y = sin(w);
    const handle = onGradient(y, (g) => mul(g, y));
    const [first] = gradients(sum(y), [w], { createGraph: true });
    // It would see the second sweep, too.
    handle.remove();
    // The hook makes the gradient sin w · cos w.
    expect(first.item()).toBeCloseTo(Math.sin(0.3) * Math.cos(0.3), 15);
    expect(gradients(first, [w])[0].item()).toBeCloseTo(Math.cos(0.6), 14);
  });

  it("hooks see the sweeps of grad", () => {
    let calls = 0;
    const f = (x: Tensor): Tensor => {
      const y = square(x);
      onGradient(y, (g) => {
        calls++;
        return mul(g, 2);
      });
      return sum(y);
    };
    expect(grad(f)(tensor([3])).toArray()).toEqual([12]);
    expect(calls).toBe(1);
    expect(grad((x: Tensor) => sum(grad(f)(x)))(tensor([3])).toArray()).toEqual([4]);
  });

  it("a hook may sweep through the same graph", () => {
    const w = parameter([2]);
    const inner: number[] = [];
    const z = square(w);
    let once = true;
    onGradient(z, () => {
      if (once) {
        once = false;
        inner.push(gradients(z, [w], { retainGraph: true })[0].item());
      }
    });
    expect(gradients(mul(z, 3), [w])[0].item()).toBe(12);
    expect(inner).toEqual([4]);
  });
});

describe("observers", () => {
  it("see every operation, recorded or not, until they are removed", () => {
    const names: string[] = [];
    const handle = observe({ operation: ({ op, node }) => names.push(`${op.name} ${node === null}`) });
    const w = parameter([1]);
    mul(tensor([1]), 2);
    sin(w);
    handle.remove();
    sin(w);
    expect(names).toEqual(["mul true", "sin false"]);
  });

  it("may watch side by side and leave in any order", () => {
    const calls: string[] = [];
    const [a, b] = ["a", "b"].map((name) => observe({ operation: () => calls.push(name) }));
    sin(tensor([1]));
    a.remove();
    sin(tensor([1]));
    b.remove();
    sin(tensor([1]));
    expect(calls).toEqual(["a", "b", "b"]);
  });

  it("may leave from within, and make others leave: none is passed over, none is told after it left", () => {
    const calls: string[] = [];
    const first = observe({
      operation: () => {
        calls.push("first");
        first.remove();
        third.remove();
      },
    });
    const second = observe({ operation: () => calls.push("second") });
    const third = observe({ operation: () => calls.push("third") });
    sin(tensor([1]));
    second.remove();
    sin(tensor([1]));
    expect(calls).toEqual(["first", "second"]);
  });

  it("registered twice are told twice, and leave one by one", () => {
    let calls = 0;
    const observer = { operation: () => calls++ };
    const [one, other] = [observe(observer), observe(observer)];
    sin(tensor([1]));
    one.remove();
    one.remove();
    sin(tensor([1]));
    other.remove();
    sin(tensor([1]));
    expect(calls).toBe(3);
  });

  it("are asked at each event for the calls that they take now, alone and side by side", () => {
    for (const others of [0, 1]) {
      const events: string[] = [];
      let wanted = false;
      const observer: Observer = {
        get operation() {
          return wanted ? ({ op }: OperationEvent) => void events.push(op.name) : undefined;
        },
      };
      const handles = [observer, ...Array<Observer>(others).fill({})].map(observe);
      sin(tensor([1]));
      wanted = true;
      cos(tensor([1]));
      wanted = false;
      sin(tensor([1]));
      for (const handle of handles) handle.remove();
      expect(events).toEqual(["cos"]);
    }
  });

  it("learn what a sweep begins at before any rule runs, also from grad and vjp, and again when it is over", () => {
    const x = parameter([1, 2]);
    const [y, loss] = [square(x), sum(square(x))];
    const events: unknown[] = [];
    const values = ({ roots }: SweepEvent): unknown => roots.map(({ output }) => output.toArray());
    using _ = observe({
      sweeping: (event) => events.push(["begins", values(event), loss.node?.freed]),
      cotangent: ({ node }) => node === loss.node && events.push("sum"),
      swept: (event) => events.push(["over", values(event), loss.node?.freed]),
    });
    backward(loss);
    expect(events.splice(0)).toEqual([["begins", [5], false], "sum", ["over", [5], true]]);
    gradients(y, [x], { cotangent: tensor([1, 0]) });
    grad((each: Tensor) => sum(square(each)))(tensor([3]));
    const [, pullback] = vjp((each: Tensor) => [square(each), sin(each)], tensor(0));
    pullback([tensor(1), tensor(1)]);
    expect(events.map((event) => (event as unknown[])[1])).toEqual([
      [[1, 4]],
      [[1, 4]],
      [9],
      [9],
      [0, 0],
      [0, 0],
    ]);
  });

  it("learn that a sweep is over, also from grad, and not from one that fails", () => {
    let swept = 0;
    using _ = observe({ swept: () => swept++ });
    grad((x: Tensor) => sum(square(x)))(tensor([1]));
    expect(swept).toBe(1);
    const w = parameter([1]);
    onGradient(w, () => {
      throw new Error("on the way");
    });
    expect(() => backward(sum(w))).toThrow("on the way");
    expect(swept).toBe(1);
  });
});
