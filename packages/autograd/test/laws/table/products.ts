import * as autograd from "../../../src/index.ts";
import { given, type OpEntry, samplesOf } from "../samples.ts";

const { numbers, shaped } = samplesOf("products");

const half = { alpha: 0.6, beta: -0.5 };

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
  mm: {
    exempt: { broadcasting: "takes matrices alone" },
    samples: shaped(
      autograd.mm,
      [
        [2, 3],
        [3, 2],
      ],
      [
        [0, 3],
        [3, 2],
      ],
    ),
  },
  bmm: {
    exempt: { broadcasting: "takes one batch alone" },
    samples: shaped(autograd.bmm, [
      [2, 2, 3],
      [2, 3, 1],
    ]),
  },
  mv: { samples: shaped(autograd.mv, [[2, 3], [3]], [[2, 0], [0]]) },
  dot: { samples: shaped(autograd.dot, [[3], [3]], [[0], [0]]) },
  outer: { samples: shaped(autograd.outer, [[2], [3]], [[0], [2]]) },
  inner: {
    exempt: { broadcasting: "pairs the axes of its operands otherwise" },
    samples: shaped(
      autograd.inner,
      [[3], [3]],
      [[], [2, 2]],
      [
        [2, 3],
        [2, 1, 3],
      ],
    ),
    loses: 2,
  },
  addmm: {
    exempt: { broadcasting: "takes matrices alone" },
    samples: [
      ...shaped((x, a, b) => autograd.addmm(x, a, b, half), [[3], [2, 2], [2, 3]], [[], [1, 2], [2, 2]]),
      ...shaped(
        (a, b) => autograd.addmm(autograd.ones([2], "f64"), a, b, { beta: 0 }),
        [
          [1, 2],
          [2, 2],
        ],
      ),
    ],
    loses: 2,
  },
  addmv: {
    samples: shaped((x, a, y) => autograd.addmv(x, a, y, half), [[2], [2, 3], [3]], [[], [2, 1], [1]]),
  },
  addr: { samples: shaped((x, a, b) => autograd.addr(x, a, b, half), [[2, 1], [2], [3]]) },
  addbmm: {
    samples: shaped((x, a, b) => autograd.addbmm(x, a, b, half), [[2], [2, 1, 3], [2, 3, 2]]),
    loses: 2,
  },
  baddbmm: {
    samples: shaped((x, a, b) => autograd.baddbmm(x, a, b, half), [[2], [2, 1, 3], [2, 3, 2]]),
    loses: 2,
  },
  tensordot: {
    samples: [
      ...shaped(
        (a, b) => autograd.tensordot(a, b),
        [
          [2, 3, 2],
          [3, 2, 1],
        ],
      ),
      ...shaped((a, b) => autograd.tensordot(a, b, 0), [[2], [3]]),
      ...shaped(
        (a, b) =>
          autograd.tensordot(a, b, [
            [0, -1],
            [1, 0],
          ]),
        [
          [2, 1, 3],
          [3, 2],
        ],
      ),
      ...shaped(
        (a, b) => autograd.tensordot(a, b, [[1], [0]]),
        [
          [2, 1],
          [3, 2],
        ],
      ),
    ],
    loses: 2,
  },
  einsum: {
    samples: [
      ...shaped(
        (a, b) => autograd.einsum("ij, jk", a, b),
        [
          [2, 3],
          [3, 2],
        ],
      ),
      ...shaped(
        (a, b, c) => autograd.einsum("bn,anm,bm->ba", a, b, c),
        [
          [2, 2],
          [1, 2, 3],
          [2, 3],
        ],
      ),
      ...shaped(
        (a, b) => autograd.einsum("...i,i...->...", a, b),
        [
          [2, 1, 3],
          [3, 2],
        ],
      ),
      ...shaped((a) => autograd.einsum("iji->j", a), [[3, 2, 3]]),
    ],
    drops: true,
    loses: 2,
  },
  kron: {
    samples: shaped(
      autograd.kron,
      [
        [2, 1],
        [2, 3],
      ],
      [[2], [2, 2]],
      [[], [2]],
    ),
  },
  multiDot: {
    samples: [
      ...shaped(
        (...matrices) => autograd.multiDot(matrices),
        [
          [2, 3],
          [3, 1],
          [1, 2],
          [2, 2],
        ],
      ),
      given(
        "vectors at both ends",
        (...all) => autograd.multiDot(all),
        numbers([2]),
        numbers([2, 3]),
        numbers([3]),
      ),
    ],
    loses: 2,
  },
  cross: {
    samples: [
      ...shaped(
        (a, b) => autograd.cross(a, b),
        [[3], [3]],
        [
          [2, 3],
          [1, 3],
        ],
      ),
      ...shaped(
        (a, b) => autograd.cross(a, b, { axis: 0 }),
        [
          [3, 1],
          [3, 2],
        ],
      ),
    ],
    loses: 2,
  },
};
