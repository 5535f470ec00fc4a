import * as autograd from "../../../src/index.ts";
import { given, numbers, type OpEntry, of } from "../samples.ts";

export const indexingTable: Readonly<Record<string, OpEntry>> = {
  gather: {
    samples: [
      given(
        "rows that repeat",
        (x) =>
          autograd.gather(
            x,
            0,
            of(
              [
                [0, 1, 1],
                [2, 0, 1],
              ],
              "i32",
            ),
          ),
        numbers([3, 3]),
      ),
      given("fewer columns", (x) => autograd.gather(x, 1, of([[3, 3, 0, 1, 0]], "i32")), numbers([2, 4])),
      given("nothing", (x) => autograd.gather(x, 0, of(new Int32Array(0), "i32")), numbers([2])),
    ],
    drops: true,
  },
  indexSelect: {
    samples: [
      given("rows", (x) => autograd.indexSelect(x, 0, of([2, 0, 2, 1], "i32")), numbers([3, 2])),
      given("columns of a block", (x) => autograd.indexSelect(x, -1, of([0, 0], "i32")), numbers([2, 2, 3])),
    ],
    drops: true,
  },
};
