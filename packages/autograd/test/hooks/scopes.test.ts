import { describe, expect, it } from "vitest";
import {
  backward,
  checkpoint,
  exp,
  grad,
  gradients,
  graphNodes,
  jvp,
  mul,
  type Node,
  observe,
  onGradient,
  parameter,
  sin,
  square,
  sum,
  type Tensor,
  tensor,
  vmap,
  withScope,
} from "../../src/index.ts";

const scopeOf = (x: Tensor): string => (x.node as Node).scope;
const layer = (x: Tensor): Tensor => withScope("layer", () => sin(x));

describe("scopes in a sweep", () => {
  it("are those of the nodes: for rules, hooks and the nodes of a recorded sweep", () => {
    const w = parameter([0.5]);
    const y = withScope("encoder", () => withScope("layers.0", () => sin(w)));
    const scopes: string[] = [];
    onGradient(y, (g) => mul(g, 2));
    using _ = observe({ operation: ({ op, node }) => scopes.push(`${op.name} ${node?.scope}`) });
    const [first] = withScope("step", () => gradients(sum(y), [w], { createGraph: true }));
    expect(scopeOf(first)).toBe("encoder.layers.0");
    expect(scopes.slice(-2)).toEqual(["mul undefined", "sin.vjp0 encoder.layers.0"]);
  });

  it("end with it, also where it fails", () => {
    const w = parameter([0.5]);
    const y = layer(w);
    onGradient(y, () => {
      throw new Error("on the way");
    });
    withScope("step", () => {
      expect(() => backward(sum(y))).toThrow("on the way");
      expect(scopeOf(mul(w, 2))).toBe("step");
    });
  });

  it("hold for a hook's own scopes, which nest in that of the node", () => {
    const w = parameter([0.5]);
    const y = layer(w);
    onGradient(y, (g) => withScope("penalty", () => mul(g, y)));
    const [first] = gradients(sum(y), [w], { createGraph: true });
    expect(graphNodes(first).map(({ scope }) => scope)).toContain("layer.penalty");
  });
});

describe("scopes in transforms", () => {
  it("are those of the mapped function, outside and inside", () => {
    const w = parameter([[0.5], [1]]);
    expect(withScope("model", () => vmap(layer)(w).node?.scope)).toBe("model.layer");
    let inner = "";
    const slope = grad((x: Tensor) => {
      const y = layer(x);
      inner = scopeOf(y);
      return sum(y);
    });
    vmap(slope)(w.detach());
    expect(inner).toBe("layer");
  });

  it("name what forward mode computes by the layer that it differentiates", () => {
    const w = parameter([0.5]);
    const [, tangent] = withScope("probe", () => jvp(layer, [w], [tensor([1])]));
    expect(scopeOf(tangent)).toBe("probe.layer");
  });

  it("are found again when a checkpoint is computed again", () => {
    const x = parameter([0.5]);
    const loss = withScope("model", () => sum(checkpoint(layer)(x)));
    const [first] = withScope("step", () => gradients(loss, [x], { createGraph: true }));
    expect(graphNodes(first).map(({ op, scope }) => `${scope} ${op?.name}`)).toContain(
      "model.layer sin.vjp0",
    );
  });
});

describe("observers in transforms", () => {
  const rows = tensor([
    [1, 2],
    [3, 4],
  ]);

  it("see an operation in vmap on all examples, and where a gradient is taken inside, the node of one", () => {
    const seen: unknown[] = [];
    const f = (x: Tensor): Tensor => exp(square(x));
    const record = (run: () => void): void => {
      seen.length = 0;
      using _ = observe({
        operation: ({ op, node, outputs, mapped }) => {
          if (op.name === "square") seen.push([node !== null, outputs[0].shape, mapped]);
        },
      });
      run();
    };
    record(() => vmap(f)(rows));
    expect(seen).toEqual([[false, [2, 2], false]]);
    record(() => grad((x: Tensor) => sum(vmap(f)(x)))(rows));
    expect(seen).toEqual([[true, [2, 2], false]]);
    record(() => vmap(grad((x: Tensor) => sum(f(x))))(rows));
    expect(seen).toEqual([
      [false, [2, 2], false],
      [true, [2], true],
    ]);
  });

  it("see cotangents of one example where the gradient is mapped, of all where it is taken around", () => {
    const shapes: unknown[] = [];
    const f = (x: Tensor): Tensor => sum(square(x));
    using _ = observe({
      cotangent: ({ node, cotangents, mapped }) => {
        if (node.op?.name === "square") shapes.push([cotangents[0]?.shape, mapped]);
      },
      swept: ({ mapped }) => shapes.push(mapped),
    });
    vmap(grad(f))(rows);
    grad((x: Tensor) => sum(vmap(f)(x)))(rows);
    expect(shapes).toEqual([[[2], true], true, [[2, 2], false], false]);
  });

  it("change nothing, to the bit", () => {
    const run = (): unknown => {
      const w = parameter(rows);
      backward(sum(exp(mul(vmap(layer)(w), checkpoint(layer)(w)))), { createGraph: true });
      backward(sum(square(w.grad as Tensor)));
      return w.grad?.toArray();
    };
    const alone = run();
    using _ = observe({ operation: () => {}, cotangent: () => {}, swept: () => {} });
    expect(run()).toEqual(alone);
  });
});
