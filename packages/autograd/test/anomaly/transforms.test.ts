import { describe, expect, it } from "vitest";
import {
  backward,
  checkpoint,
  customOp,
  grad,
  jacobian,
  jvp,
  log,
  mul,
  parameter,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  vmap,
  withScope,
} from "../../src/index.ts";
import { lineBelow, originOf } from "./origin.ts";

const withoutSite = (message: string): string => message.replace(/; at .*/, "");
const rows = tensor([
  [1, 2],
  [3, 0],
]);

describe("inside vmap", () => {
  it("names the operation that was called, and the example", () => {
    let line = "";
    const found = originOf(() =>
      vmap((x: Tensor) =>
        withScope("row", () => {
          line = lineBelow();
          return sum(log(x));
        }),
      )(rows),
    );
    expect(found).toMatchObject({ operation: "log", direction: "forward", scope: "row", line });
    expect(withoutSite(found.message)).toMatchInlineSnapshot(
      `"log in row: the result is -Infinity at [1] of example 1; operands: [2] in [0, 3]"`,
    );
  });

  it("and inside vmap inside vmap", () => {
    const { message } = originOf(() => vmap(vmap((x: Tensor) => log(x)))(rows));
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"log: the result is -Infinity at [] of example 1, 1; operands: [] in [0, 3]"`,
    );
  });

  it("names an operation that runs one example at a time only by what it is", () => {
    const root = customOp({
      name: "root",
      forward: (x) => sqrt(x),
      vjp: (g, _, y) => [mul(g, log(y))],
    });
    const { message, line } = originOf(() => vmap(grad((x: Tensor) => sum(root(x))))(rows));
    expect(withoutSite(message)).toMatchInlineSnapshot(
      `"backward of root: the cotangent is -Infinity at [1] of example 1; operands: cotangent [2] in [1, 1]; [2] in [0, 3]"`,
    );
    expect(line).toMatch(/^transforms\.test\.ts/);
  });

  it("finds cotangents, in a gradient that is mapped and in one around", () => {
    let line = "";
    const f = (x: Tensor): Tensor => {
      line = lineBelow();
      return sum(withScope("norm", () => sqrt(x)));
    };
    for (const run of [() => vmap(grad(f))(rows), () => grad((x: Tensor) => sum(vmap(f)(x)))(rows)]) {
      const found = originOf(run);
      expect(found).toMatchObject({ operation: "sqrt", direction: "backward", scope: "norm", line });
      expect(found.message).toMatch(/the cotangent is Infinity at/);
    }
  });

  it("finds rows of a Jacobian", () => {
    const found = originOf(() => jacobian((x: Tensor) => sqrt(x), { mode: "reverse" })(tensor([0, 1])));
    expect(found).toMatchObject({ operation: "sqrt", direction: "backward" });
  });
});

describe("forward mode", () => {
  it("names the operation whose tangent is not finite", () => {
    let line = "";
    const found = originOf(() =>
      jvp(
        (x: Tensor) => {
          line = lineBelow();
          return withScope("norm", () => sqrt(x));
        },
        [tensor([4, 0])],
        [tensor([1, 1])],
      ),
    );
    expect(found).toMatchObject({ operation: "sqrt", direction: "forward", scope: "norm", line });
    expect(withoutSite(found.message)).toMatchInlineSnapshot(
      `"tangent of norm (sqrt): it is Infinity at [1]; operands: tangent [2] in [1, 1]; [2] in [0, 4]"`,
    );
  });

  it("names the operation, not a step of its derived rule", () => {
    const rooted = customOp({ name: "rooted", forward: (x) => x, vjp: (g, [x]) => [mul(g, log(x))] });
    const found = originOf(() => jvp(rooted, [tensor([0])], [tensor([1])]));
    expect(found).toMatchObject({ operation: "rooted", direction: "forward" });
  });

  it("leaves alone what is finite", () => {
    expect(() => originOf(() => jvp((x: Tensor) => square(x), [tensor([4, 0])], [tensor([1, 1])]))).toThrow(
      "nothing was found",
    );
  });
});

describe("under checkpoint", () => {
  it("names the operation inside, forward and backward, not the checkpoint", () => {
    let line = "";
    const block = checkpoint((x: Tensor) => {
      line = lineBelow();
      return withScope("block", () => sqrt(x));
    });
    const loss = (): void => backward(sum(withScope("model", () => block(parameter([4, 0])))));
    expect(originOf(loss)).toMatchObject({
      operation: "sqrt",
      direction: "backward",
      scope: "model.block",
      line,
    });
    expect(originOf(() => checkpoint((x: Tensor) => log(sub(x, x)))(parameter([1])))).toMatchObject({
      operation: "log",
      direction: "forward",
    });
  });
});
