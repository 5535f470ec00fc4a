import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  checkpoint,
  Generator,
  grad,
  graphNodes,
  matmul,
  mul,
  noGrad,
  observe,
  parameter,
  randn,
  square,
  sum,
  type Tensor,
  tanh,
  withScope,
} from "../../src/index.ts";
import { f64 } from "./samples.ts";

const x = f64([[1, -2]]);

describe("checkpoint", () => {
  it("is one node, and gives the gradients of what it holds, also to what it captures", () => {
    const w = parameter(
      [
        [0.1, 0.2],
        [0.3, -0.4],
      ],
      { dtype: "f64" },
    );
    const layer = (input: Tensor): Tensor => tanh(matmul(input, w));
    const gradientOf = (f: (input: Tensor) => Tensor): unknown => {
      w.grad = null;
      backward(sum(square(f(f(x)))));
      return (w.grad as Tensor | null)?.toArray();
    };
    expect(gradientOf(checkpoint(layer))).toEqual(gradientOf(layer));
    const nodes = graphNodes(checkpoint(layer)(x)).map(({ op }) => op?.name ?? "leaf");
    expect(nodes).toEqual(["leaf", "checkpoint"]);
  });

  it("does not count twice what it captures behind what else it captures", () => {
    const w = parameter([2], { dtype: "f64" });
    const middle = square(w);
    const f = checkpoint((input: Tensor) => mul(mul(middle, w), input));
    backward(sum(f(f64([3]))));
    expect(w.grad?.item()).toBe(3 * 3 * 4); // d 3w³
  });

  it("repeats random draws, and leaves the generator where it was", () => {
    const [a, b] = [new Generator(3), new Generator(3)];
    const noisy = (generator: Generator) => (input: Tensor) =>
      mul(tanh(input), randn(generator, [1, 2], "f64"));
    const plain = grad((input: Tensor) => sum(noisy(a)(input)))(x);
    const repeated = grad((input: Tensor) => sum(checkpoint(noisy(b))(input)))(x);
    expect(repeated.toArray()).toEqual(plain.toArray());
    expect(b.normal()).toBe(a.normal());
  });

  it("takes and returns trees, and hands through what is not differentiated", () => {
    const f = checkpoint((tree: { a: Tensor; b: [Tensor] }) => ({
      out: mul(tree.a, tree.b[0]),
      name: "f",
      fixed: f64([9]),
    }));
    const gradient = grad((tree: { a: Tensor; b: [Tensor] }) => {
      const { out, name, fixed } = f(tree);
      expect([name, fixed.item()]).toEqual(["f", 9]);
      return sum(out);
    })({ a: f64([2, 3]), b: [f64([5, 7])] });
    expect([gradient.a.toArray(), gradient.b[0].toArray()]).toEqual([
      [5, 7],
      [2, 3],
    ]);
  });

  it("runs the function twice where a gradient is asked for, once where not", () => {
    let calls = 0;
    const f = checkpoint((input: Tensor) => {
      calls++;
      return sum(square(input));
    });
    f(x);
    expect(calls).toBe(1);
    noGrad(() => f(parameter(x)));
    expect(calls).toBe(2);
    grad(f)(x);
    expect(calls).toBe(4);
  });

  it("keeps the scope path when it runs again", () => {
    const scopes = new Set<string>();
    using _ = observe({
      operation: ({ op, node }) => void (op.name === "square" && node && scopes.add(node.scope)),
    });
    const f = checkpoint((input: Tensor) => sum(withScope("inner", () => square(input))));
    grad((input: Tensor) => withScope("outer", () => f(input)))(x);
    expect([...scopes]).toEqual(["outer.inner"]);
  });

  it("refuses to go on with another parameter than it began with", () => {
    const w = parameter([2], { dtype: "f64" });
    const loss = sum(checkpoint((input: Tensor) => mul(input, square(w)))(f64([1])));
    w.assign(f64([3]));
    expect(() => backward(loss)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: checkpoint: a parameter was bound to another value before the call could be repeated]`,
    );
  });

  it("keeps the value of a parameter that it was given, whatever that is bound to later", () => {
    const w = parameter([2], { dtype: "f64" });
    const loss = sum(checkpoint((v: Tensor) => square(v))(w));
    w.assign(f64([3]));
    backward(loss);
    expect(w.grad?.item()).toBe(4);
  });

  it("nests", () => {
    const inner = checkpoint((input: Tensor) => tanh(add(input, 1)));
    const outer = checkpoint((input: Tensor) => square(inner(inner(input))));
    const plain = (input: Tensor): Tensor => square(tanh(add(tanh(add(input, 1)), 1)));
    expect(grad((v: Tensor) => sum(outer(v)))(x).toArray()).toEqual(
      grad((v: Tensor) => sum(plain(v)))(x).toArray(),
    );
  });
});
