import { describe, expect, it } from "vitest";
import {
  backward,
  checkpoint,
  exp,
  grad,
  gradients,
  hessian,
  hvp,
  jacobian,
  jvp,
  mul,
  type Node,
  observe,
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
  vjp,
  vmap,
  withScope,
} from "../../src/index.ts";

const f64 = (values: number | number[] | number[][]): Tensor => tensor(values, { dtype: "f64" });
const nodeOf = (x: Tensor): Node => x.node as Node;

describe("inside vmap", () => {
  const rows = f64([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  it("a hook in a gradient that is mapped sees one example, and replaces for all", () => {
    const shapes: unknown[] = [];
    const slope = grad((x: Tensor) => {
      const y = square(x);
      onGradient(y, (g) => {
        shapes.push(g.shape);
        return mul(g, x);
      });
      return sum(y);
    });
    // 2x² for each element: the hook multiplied by x.
    expect(vmap(slope)(rows).toArray()).toEqual([
      [2, 8],
      [18, 32],
      [50, 72],
    ]);
    expect(shapes).toEqual([[2]]);
  });

  it("a hook in a mapped function that is differentiated around sees one example, too", () => {
    const shapes: unknown[] = [];
    const f = vmap((x: Tensor) => {
      const y = square(x);
      onGradient(y, (g) => {
        shapes.push(g.shape);
        return mul(g, x);
      });
      return sum(y);
    });
    const through = (x: Tensor): Tensor => sum(f(x));
    expect(grad(through)(rows).toArray()).toEqual([
      [2, 8],
      [18, 32],
      [50, 72],
    ]);
    const w = parameter(rows);
    backward(through(w));
    expect(w.grad?.toArray()).toEqual([
      [2, 8],
      [18, 32],
      [50, 72],
    ]);
    expect(shapes).toEqual([[2], [2]]);
  });

  it("and at any depth of maps", () => {
    const shapes: unknown[] = [];
    const f = vmap(
      vmap((x: Tensor) => {
        const y = square(x);
        onGradient(y, (g) => {
          shapes.push(g.shape);
          return mul(g, x);
        });
        return y;
      }),
    );
    expect(grad((x: Tensor) => sum(f(x)))(rows).toArray()).toEqual([
      [2, 8],
      [18, 32],
      [50, 72],
    ]);
    expect(shapes).toEqual([[]]);
  });

  it("a replacement that is the same for all examples counts for each", () => {
    const f = vmap((x: Tensor) => {
      const y = square(x);
      onGradient(y, () => f64([1, 10]));
      return sum(y);
    });
    expect(grad((x: Tensor) => sum(f(x)))(rows).toArray()).toEqual([
      [2, 40],
      [6, 80],
      [10, 120],
    ]);
  });

  it("replacements are differentiated further", () => {
    const hooked = (x: Tensor): Tensor => {
      const y = square(x);
      onGradient(y, (g) => mul(g, x));
      return sum(y);
    };
    // The gradient 2x² has the derivative 4x, for every example.
    expect(vmap(grad((x: Tensor) => sum(grad(hooked)(x))))(rows).toArray()).toEqual([
      [4, 8],
      [12, 16],
      [20, 24],
    ]);
  });

  it("calls around nodes see one example", () => {
    const seen: unknown[] = [];
    const slope = grad((x: Tensor) => {
      const y = square(x);
      onNode(nodeOf(y), {
        before: ([g]) => {
          seen.push(g?.shape);
          return [g && mul(g, 3)];
        },
        after: ([g]) => {
          seen.push(g?.shape);
        },
      });
      return sum(y);
    });
    expect(vmap(slope)(rows).toArray()).toEqual([
      [6, 12],
      [18, 24],
      [30, 36],
    ]);
    expect(seen).toEqual([[2], [2]]);
  });

  it("a retained gradient has the shape of one example, and holds all of them", () => {
    let y = tensor(0);
    const f = vmap((x: Tensor) => {
      y = square(x);
      retainGrad(y);
      return sum(mul(y, 3));
    });
    const w = parameter(rows);
    const loss = sum(f(w));
    backward(loss, { retainGraph: true });
    expect(y.grad?.shape).toEqual([2]);
    expect(`${y.grad}`).toContain("[[3, 3],");
    backward(loss);
    expect(`${y.grad}`).toContain("[[6, 6],");
    y.grad = null;
    expect(y.grad).toBeNull();
  });

  it("a parameter that is used inside gathers its gradient, and tells so once", () => {
    const w = parameter([2, 1], { dtype: "f64" });
    const shapes: unknown[] = [];
    onGradient(w, (g) => {
      shapes.push(g.shape);
    });
    onAccumulate(w, ({ grad }) => shapes.push(grad?.toArray()));
    backward(sum(vmap((x: Tensor) => sum(mul(x, w)))(rows)));
    expect(shapes).toEqual([[2], [9, 12]]);
  });
});

describe("rows of a Jacobian, that are swept together,", () => {
  it("pass each hook once, as one example", () => {
    const shapes: unknown[] = [];
    const f = (x: Tensor): Tensor => {
      const y = square(x);
      onGradient(y, (g) => {
        shapes.push(g.shape);
        return mul(g, 10);
      });
      return y;
    };
    expect(jacobian(f, { mode: "reverse" })(f64([1, 2])).toArray()).toEqual([
      [20, 0],
      [0, 40],
    ]);
    expect(shapes).toEqual([[2]]);
  });
});

describe("forward mode", () => {
  it("calls no hooks: no cotangent comes by", () => {
    const f = (x: Tensor): Tensor => {
      const y = sin(x);
      onGradient(y, () => expect.unreachable());
      return y;
    };
    const [, tangent] = jvp(f, [f64(0)], [f64(2)]);
    expect(tangent.item()).toBe(2);
  });

  it("announces no sweep to observers", () => {
    let swept = 0;
    using _ = observe({ swept: () => swept++ });
    jvp((x: Tensor) => sum(exp(x)), [f64([0, 1])], [f64([1, 1])]);
    expect(swept).toBe(0);
  });

  it("over reverse mode differentiates what hooks make of gradients", () => {
    const f = (x: Tensor): Tensor => {
      const y = square(x);
      onGradient(y, (g) => mul(g, x));
      return sum(y);
    };
    // The gradient is 2x²: along 1 its derivative is 4x.
    expect(hvp(f, f64([3]), f64([1])).toArray()).toEqual([12]);
    expect(hessian(f)(f64([3])).toArray()).toEqual([[12]]);
  });
});

describe("pullbacks", () => {
  it("pass the hooks each time they are called", () => {
    let calls = 0;
    const [, pull] = vjp(
      (x: Tensor) => {
        const y = square(x);
        onGradient(y, (g) => {
          calls++;
          return mul(g, 2);
        });
        return y;
      },
      f64([1, 2]),
    );
    expect(pull(f64([1, 1]))[0].toArray()).toEqual([4, 8]);
    expect(pull(f64([0, 1]))[0].toArray()).toEqual([0, 8]);
    expect(calls).toBe(2);
  });
});

describe("under checkpoint", () => {
  it("hooks inside are called once a sweep, on what is computed again", () => {
    let calls = 0;
    const f = (x: Tensor): Tensor => {
      const y = square(x);
      onGradient(y, (g) => {
        calls++;
        return mul(g, 10);
      });
      return sum(y);
    };
    expect(grad(checkpoint(f))(f64([3])).toArray()).toEqual([60]);
    expect(calls).toBe(1);
  });

  it("hooks on arguments, and on what the function reads besides, are called once and see the sum", () => {
    const [w, v] = [parameter([2], { dtype: "f64" }), parameter([5], { dtype: "f64" })];
    const [a, b] = [mul(w, 1), mul(v, 1)];
    const seen: unknown[] = [];
    onGradient(a, (g) => {
      seen.push(["a", g.item()]);
      return mul(g, 10);
    });
    onGradient(b, (g) => {
      seen.push(["b", g.item()]);
      return mul(g, 100);
    });
    onGradient(v, (g) => {
      seen.push(["v", g.item()]);
    });
    retainGrad(b);
    const y = checkpoint((x: Tensor) => mul(mul(x, b), v))(a);
    backward(sum(mul(y, b)));
    // x · b² · v: by a 125, by b 2abv = 100, by v directly ab² = 50.
    expect(seen.toSorted()).toEqual([
      ["a", 125],
      ["b", 100],
      ["v", 50 + 100 * 100],
    ]);
    expect(w.grad?.item()).toBe(1250);
    expect(b.grad?.item()).toBe(100 * 100);
  });

  it("observers see the cotangents inside, in the scopes inside, and one sweep", () => {
    const events: string[] = [];
    const x = parameter([0.5]);
    const block = checkpoint((x: Tensor) => withScope("block", () => sin(exp(x))));
    const loss = withScope("model", () => sum(block(x)));
    using _ = observe({
      cotangent: ({ node }) => events.push(`${node.scope} ${node.op?.name ?? "leaf"}`),
      swept: () => events.push("swept"),
    });
    backward(loss);
    expect(events).toEqual([
      "model sum",
      "model checkpoint",
      "model.block sin",
      "model.block exp",
      " leaf",
      "swept",
    ]);
  });

  it("replacements are differentiated further", () => {
    const f = checkpoint((x: Tensor) => {
      const y = square(x);
      onGradient(y, (g) => mul(g, x));
      return sum(y);
    });
    const w = parameter([3], { dtype: "f64" });
    const [first] = gradients(f(w), [w], { createGraph: true });
    expect(first.item()).toBe(18);
    expect(grad((x: Tensor) => sum(grad(f)(x)))(f64([3])).toArray()).toEqual([12]);
  });
});
