import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  backward,
  defineOp,
  detectAnomaly,
  exp,
  grad,
  gradients,
  log,
  matmul,
  mul,
  noGrad,
  onGradient,
  onNode,
  parameter,
  relu,
  softmax,
  sqrt,
  sum,
  type Tensor,
  tensor,
  where,
  withScope,
} from "../../src/index.ts";
import { lineBelow, originOf } from "./origin.ts";

const withoutSite = (message: string): string => message.replace(/; at .*/, "");

describe("real cases, forward", () => {
  it("log of zero", () => {
    const { message, ...origin } = originOf(() => log(tensor([1, 0])));
    expect(origin).toMatchObject({ operation: "log", direction: "forward", scope: "" });
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"log: the result is -Infinity at [1]; operands: [2] in [0, 1]"`,
    );
  });

  it("zero times infinity", () => {
    const { message } = originOf(() => mul(tensor([0]), Number.POSITIVE_INFINITY));
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"mul: the result is NaN at [0]; operands: [1] in [0, 0]; [] no finite element, 1 not finite"`,
    );
  });

  it("exp that overflows in the third layer", () => {
    let line = "";
    const layer = (x: Tensor, weight: Tensor): Tensor => {
      const h = relu(matmul(x, weight));
      line = lineBelow();
      return exp(h);
    };
    const weights = [0, 1, 2].map(() => parameter([[3]]));
    const found = originOf(() =>
      withScope("mlp", () => {
        let h = tensor([[0.5]]);
        weights.forEach((weight, k) => {
          h = withScope(`layers.${k}`, () => layer(h, weight));
        });
        return h;
      }),
    );
    expect(found).toMatchObject({ operation: "exp", direction: "forward", scope: "mlp.layers.2", line });
  });

  it("the line of a composite that overflows inside", () => {
    const x = tensor([[1, Number.NaN]]);
    const line = lineBelow();
    expect(originOf(() => softmax(x)).line).toBe(line);
  });

  it("what is not recorded, too", () => {
    expect(originOf(() => noGrad(() => log(parameter([0])))).operation).toBe("log");
  });
});

describe("infinities that an operand brings", () => {
  const mask = tensor([true, false] as unknown as number[], { dtype: "bool" });

  it("pass: masks are made of them", () => {
    const x = parameter([1, 2]);
    const loss = detectAnomaly(() => {
      const y = sum(mul(softmax(where(mask, x, Number.NEGATIVE_INFINITY)), tensor([3, 4])));
      backward(y);
      return y;
    });
    expect(loss.item()).toBe(3);
    expect(x.grad?.toArray()).toEqual([0, 0]);
  });

  it("do not hide the NaN that is made of them", () => {
    const found = originOf(() => {
      const y = add(tensor([1, 2]), tensor([Number.POSITIVE_INFINITY, 0]));
      return mul(y, 0);
    });
    expect(found).toMatchObject({
      operation: "mul",
      operands: ["[2] in [2, 2], 1 not finite", "[] in [0, 0]"],
    });
  });
});

describe("real cases, backward", () => {
  it("sqrt at zero, named by the line that called it", () => {
    let line = "";
    const x = parameter([4, 0]);
    const { message, ...found } = originOf(() => {
      line = lineBelow();
      const y = withScope("norm", () => sqrt(x));
      backward(sum(mul(y, 3)));
    });
    expect(found).toMatchObject({ operation: "sqrt", direction: "backward", scope: "norm", line });
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of norm (sqrt): the cotangent is Infinity at [1]; operands: cotangent [2] in [3, 3]; [2] in [0, 4]"`,
    );
  });

  const badOp = defineOp({
    name: "bad",
    shape: ([x, y]) => ({ shape: x.shape, dtype: y.dtype }),
    forward: ([x, y]) => x.values().map((value, k) => value + y.values()[k]),
    vjp: [(g) => g, (g) => sqrt(mul(g, -1))],
  });

  it("a user's op whose rule returns NaN: the op, and the input", () => {
    let line = "";
    const { message, ...found } = originOf(() => {
      line = lineBelow();
      const y = apply(badOp, [parameter([1]), parameter([2])], undefined);
      backward(sum(y));
    });
    expect(found).toMatchObject({ operation: "bad", direction: "backward", line });
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of bad: the cotangent of input 1 is NaN at [0]; operands: cotangent [1] in [1, 1]"`,
    );
  });

  it("two cotangents whose sum overflows", () => {
    const x = parameter([0.1]);
    const y = mul(x, 1);
    const { message, ...found } = originOf(() => backward(sum(add(mul(y, 3e38), mul(y, 2e38)))));
    expect(found).toMatchObject({ operation: "mul", direction: "backward" });
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of mul: the sum of the cotangents that arrive is Infinity at [0]; operands: cotangent [1] in [2e+38, 2e+38]; cotangent [1] in [3e+38, 3e+38]"`,
    );
  });

  it("a gradient that overflows as it is added up", () => {
    const x = parameter([1]);
    const message = originOf(() => {
      for (const factor of [3e38, 2e38]) backward(sum(mul(x, factor)));
    }).message;
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of leaf: the sum of the cotangents that arrive is Infinity at [0]; operands: cotangent [1] in [3e+38, 3e+38]; cotangent [1] in [2e+38, 2e+38]"`,
    );
  });

  it("a cotangent that was not finite to begin with", () => {
    const x = parameter([1]);
    const y = mul(x, 2);
    const message = originOf(() => backward(y, { cotangent: tensor([Number.NaN]) })).message;
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of mul: the cotangent that the sweep begins with is NaN at [0]"`,
    );
  });

  it("what a hook returns, or computes", () => {
    const x = parameter([1]);
    const y = mul(x, 2);
    onGradient(y, () => tensor([Number.NaN]));
    expect(withoutSite(originOf(() => backward(sum(y))).message)).toMatchInlineSnapshot(
      `"backward of mul: the cotangent that a hook returned is NaN at [0]"`,
    );
    const z = mul(x, 2);
    let line = "";
    onNode(z.node as NonNullable<Tensor["node"]>, {
      before: ([g]) => {
        line = lineBelow();
        return [log(mul(g as Tensor, 0))];
      },
    });
    expect(originOf(() => backward(sum(z)))).toMatchObject({ operation: "log", direction: "forward", line });
  });
});

/** x^1.5, with a first derivative that is zero at zero, and a second that is infinite there. */
const powerOp = defineOp({
  name: "powerOneAndAHalf",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => x.values().map((value) => value ** 1.5),
  vjp: [(g, { inputs: [x] }) => mul(g, mul(sqrt(x), 1.5))],
  reads: [[0]],
});

describe("under higher order", () => {
  it("names the operation in the second sweep by the line and scope of the forward call", () => {
    let line = "";
    const found = originOf(() => {
      const x = parameter([0], { dtype: "f64" });
      line = lineBelow();
      const y = withScope("power", () => apply(powerOp, [x], undefined));
      const [first] = gradients(sum(y), [x], { createGraph: true });
      expect(first.item()).toBe(0);
      backward(sum(first));
    });
    expect(found).toMatchObject({ direction: "backward", scope: "power", line });
    expect(found.operation).toBe("sqrt");
  });

  it("works inside grad, and of grad", () => {
    let line = "";
    const f = (x: Tensor): Tensor => {
      line = lineBelow();
      return sum(apply(powerOp, [x], undefined));
    };
    const curvature = grad((x: Tensor) => sum(grad(f)(x)));
    const found = originOf(() => curvature(tensor([0], { dtype: "f64" })));
    expect(found).toMatchObject({ direction: "backward", line });
  });
});
