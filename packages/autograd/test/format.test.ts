import { describe, expect, it } from "vitest";
import { arange, mul, parameter, permute, reshape, tensor, zeros } from "../src/index.ts";

describe("printing", () => {
  it("shows scalars, vectors and matrices", () => {
    expect(String(tensor(1.5))).toMatchInlineSnapshot(`"tensor(1.5, f32)"`);
    expect(String(tensor([1, -2.25, 1000]))).toMatchInlineSnapshot(`"tensor([    1, -2.25,  1000], f32)"`);
    expect(
      String(
        tensor([
          [1, 2],
          [3, 40],
        ]),
      ),
    ).toMatchInlineSnapshot(`
      "tensor([[ 1,  2],
              [ 3, 40]], f32)"
    `);
    expect(String(tensor([[[1, 2]], [[3, 4]]], { dtype: "i32" }))).toMatchInlineSnapshot(`
      "tensor([[[1, 2]],

              [[3, 4]]], i32)"
    `);
    expect(
      String(
        permute(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          [1, 0],
        ),
      ),
    ).toMatchInlineSnapshot(`
      "tensor([[1, 3],
              [2, 4]], f32)"
    `);
  });

  it("shows truth values, hard numbers and gradients", () => {
    expect(String(tensor([true, false]))).toMatchInlineSnapshot(`"tensor([true, false], bool)"`);
    expect(
      String(tensor([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-30, 123456789])),
    ).toMatchInlineSnapshot(`"tensor([      NaN,  Infinity,        -0,     1e-30, 123457000], f32)"`);
    expect(String(tensor([123456789, -1], { dtype: "i32" }))).toBe("tensor([123456789,        -1], i32)");
    expect(String(parameter([0.1]))).toMatchInlineSnapshot(`"tensor([0.1], f32, requiresGrad)"`);
    expect(String(mul(parameter([0.1], { dtype: "f64" }), 3))).toMatchInlineSnapshot(
      `"tensor([0.3], f64, requiresGrad)"`,
    );
  });

  it("shows nothing as nothing", () => {
    expect(String(zeros([0]))).toMatchInlineSnapshot(`"tensor([], f32, shape [0])"`);
    expect(String(zeros([2, 0, 3]))).toMatchInlineSnapshot(`"tensor([], f32, shape [2, 0, 3])"`);
  });

  it("leaves the middle of long axes out", () => {
    expect(String(arange(0, 8))).toMatchInlineSnapshot(`"tensor([0, 1, 2, 3, 4, 5, 6, 7], f32)"`);
    expect(String(arange(0, 100))).toMatchInlineSnapshot(`"tensor([ 0,  1,  2, ..., 97, 98, 99], f32)"`);
    expect(String(reshape(arange(0, 200), [20, 10]))).toMatchInlineSnapshot(`
      "tensor([[  0,   1,   2, ...,   7,   8,   9],
              [ 10,  11,  12, ...,  17,  18,  19],
              [ 20,  21,  22, ...,  27,  28,  29],
              ...,
              [170, 171, 172, ..., 177, 178, 179],
              [180, 181, 182, ..., 187, 188, 189],
              [190, 191, 192, ..., 197, 198, 199]], f32)"
    `);
    expect(String(zeros([1000, 1000])).length).toBeLessThan(300);
  });
});
