import { describe, expect, it } from "vitest";
import {
  backward,
  expand,
  gather,
  gradients,
  indexSelect,
  oneHot,
  parameter,
  permute,
  square,
  sum,
  tensor,
  transpose,
} from "../../../src/index.ts";

const i32 = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "i32" });
const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("gather", () => {
  it("picks along an axis", () => {
    expect(
      gather(
        x,
        1,
        i32([
          [2, 0],
          [1, 1],
        ]),
      ).toArray(),
    ).toEqual([
      [3, 1],
      [5, 5],
    ]);
    expect(gather(x, 0, i32([[1, 0, 1]])).toArray()).toEqual([[4, 2, 6]]);
    expect(gather(x, -1, i32([[0]])).toArray()).toEqual([[1]]);
    expect(gather(transpose(x), 0, i32([[2, 0]])).toArray()).toEqual([[3, 4]]);
    expect(gather(x, 1, expand(i32([[1], [2]]), [2, 2])).toArray()).toEqual([
      [2, 2],
      [6, 6],
    ]);
  });

  it("adds the gradients of an element that is picked twice", () => {
    const w = parameter(x);
    backward(
      sum(
        square(
          gather(
            w,
            1,
            i32([
              [0, 0, 2],
              [1, 1, 1],
            ]),
          ),
        ),
      ),
    );
    expect(w.grad?.toArray()).toEqual([
      [4, 0, 6],
      [0, 30, 0],
    ]);
    const [first] = gradients(
      sum(
        square(
          gather(
            w,
            1,
            i32([
              [0, 0],
              [1, 1],
            ]),
          ),
        ),
      ),
      [w],
      { createGraph: true },
    );
    expect(gradients(sum(first), [w])[0].toArray()).toEqual([
      [4, 0, 0],
      [0, 4, 0],
    ]);
  });

  it("keeps whole numbers whole", () => {
    expect(gather(i32([5, 7]), 0, i32([1]))).toMatchObject({ dtype: "i32" });
  });
});

describe("indexSelect", () => {
  it("picks whole slices, repeated as often as asked", () => {
    expect(indexSelect(x, 0, i32([1, 1, 0])).toArray()).toEqual([
      [4, 5, 6],
      [4, 5, 6],
      [1, 2, 3],
    ]);
    expect(indexSelect(x, 1, i32([2])).toArray()).toEqual([[3], [6]]);
    expect(indexSelect(permute(x, [1, 0]), -1, i32([1, 0])).toArray()).toEqual([
      [4, 1],
      [5, 2],
      [6, 3],
    ]);
    expect(indexSelect(x, 0, i32([])).shape).toEqual([0, 3]);
    const w = parameter(x);
    backward(sum(indexSelect(w, 0, i32([1, 1]))));
    expect(w.grad?.toArray()).toEqual([
      [0, 0, 0],
      [2, 2, 2],
    ]);
  });
});

describe("oneHot", () => {
  it("sets a 1 at each label", () => {
    expect(oneHot(i32([[0, 2]]), 3).toArray()).toEqual([
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
    ]);
    expect(oneHot(i32([]), 3).shape).toEqual([0, 3]);
    expect(oneHot(i32(1), 2).toArray()).toEqual([0, 1]);
    expect(() => oneHot(tensor([1]), 2)).toThrow("i32");
  });
});
