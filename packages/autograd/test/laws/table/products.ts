import * as autograd from "../../../src/index.ts";
import { type OpEntry, shaped } from "../samples.ts";

export const productsTable: Readonly<Record<string, OpEntry>> = {
  matmul: {
    samples: [
      ...shaped(
        (a, b) => autograd.matmul(a, b),
        [
          [2, 3],
          [3, 4],
        ],
        [[3], [3]],
        [[3], [3, 2]],
        [[2, 3], [3]],
        [
          [1, 1],
          [1, 1],
        ],
        [
          [2, 0],
          [0, 3],
        ],
        [
          [0, 2],
          [2, 3],
        ],
      ),
      ...shaped(
        (a, b) => autograd.matmul(a, b),
        [
          [2, 2, 3],
          [3, 2],
        ],
        [
          [2, 1, 2, 2],
          [3, 2, 1],
        ],
        [
          [2, 3],
          [2, 3, 2],
        ],
        [[3], [2, 3, 2]],
        [[2, 2, 3], [3]],
      ),
      ...shaped(
        (a, b) => autograd.matmul(autograd.transpose(a), autograd.transpose(b)),
        [
          [3, 2],
          [4, 3],
        ],
      ),
    ],
    loses: 2,
  },
};
