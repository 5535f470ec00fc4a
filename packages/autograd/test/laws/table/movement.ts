import * as autograd from "../../../src/index.ts";
import { type OpEntry, shaped } from "../samples.ts";

export const movementTable: Readonly<Record<string, OpEntry>> = {
  reshape: {
    samples: shaped((x) => autograd.reshape(x, [x.size === 0 ? 0 : -1, 1]), [[]], [[6]], [[2, 3]], [[0, 3]]),
  },
  flatten: {
    samples: [
      ...shaped((x) => autograd.flatten(x), [[]], [[2, 3]], [[2, 0]]),
      ...shaped((x) => autograd.flatten(x, 1, 2), [[2, 3, 2, 2]]),
    ],
  },
  squeeze: {
    samples: [
      ...shaped((x) => autograd.squeeze(x), [[1, 3, 1]], [[1]]),
      ...shaped((x) => autograd.squeeze(x, -2), [[2, 1, 3]]),
    ],
  },
  unsqueeze: {
    samples: [
      ...shaped((x) => autograd.unsqueeze(x, 0), [[]], [[3]]),
      ...shaped((x) => autograd.unsqueeze(x, -1), [[2, 3]]),
    ],
  },
  permute: { samples: shaped((x) => autograd.permute(x, [2, 0, 1]), [[2, 3, 4]], [[1, 2, 0]]) },
  transpose: {
    samples: [
      ...shaped((x) => autograd.transpose(x), [[2, 3]], [[2, 1, 3]]),
      ...shaped((x) => autograd.transpose(x, 0, 2), [[2, 3, 4]]),
    ],
  },
  expand: {
    samples: [
      ...shaped((x) => autograd.expand(x, [2, 3]), [[]], [[3]], [[2, 1]], [[2, 3]]),
      ...shaped((x) => autograd.expand(x, [0, 3]), [[1, 3]]),
    ],
    drops: true,
  },
  slice: {
    samples: [
      ...shaped((x) => autograd.slice(x, 1, { start: 1, end: -1, step: 2 }), [[2, 6]], [[1, 2]]),
      ...shaped((x) => autograd.slice(x, 0, { step: -2 }), [[5, 2]], [[0]]),
    ],
    drops: true,
  },
  select: { samples: shaped((x) => autograd.select(x, -1, -2), [[2, 3]], [[2]]), drops: true },
  flip: { samples: shaped((x) => autograd.flip(x, [0, -1]), [[2, 3]], [[2, 1, 2]]) },
  pad: {
    samples: shaped(
      (x) =>
        autograd.pad(
          x,
          x.shape.map((_, k) => [k, 2]),
          1.5,
        ),
      [[2, 3]],
      [[0, 2]],
      [[]],
    ),
  },
  split: { samples: shaped((x) => autograd.split(x, 2, 0), [[4, 3]], [[2]]) },
  concat: {
    samples: [
      ...shaped(
        (a, b) => autograd.concat([a, b, a], 1),
        [
          [2, 3],
          [2, 1],
        ],
        [
          [2, 0],
          [2, 2],
        ],
      ),
    ],
  },
  stack: {
    samples: shaped(
      (a, b) => autograd.stack([a, b], -1),
      [
        [2, 3],
        [2, 3],
      ],
      [[], []],
    ),
  },
};
