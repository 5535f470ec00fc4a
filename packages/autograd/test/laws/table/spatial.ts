import * as autograd from "../../../src/index.ts";
import { type OpEntry, shaped } from "../samples.ts";

export const spatialTable: Readonly<Record<string, OpEntry>> = {
  windows: {
    samples: [
      ...shaped((x) => autograd.windows(x, [0], [3]), [[5]]),
      ...shaped(
        (x) => autograd.windows(x, [1, 2], [2, 2], { stride: [2, 1], dilation: [1, 2] }),
        [[2, 4, 4]],
      ),
    ],
    drops: true,
  },
  conv2d: {
    samples: [
      ...shaped(
        (x, w, b) => autograd.conv2d(x, w, b),
        [[1, 1, 3, 3], [1, 1, 2, 2], [1]],
        [[2, 2, 3, 4], [3, 2, 2, 2], [3]],
      ),
      ...shaped(
        (x, w) => autograd.conv2d(x, w, null, { stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
        [
          [1, 2, 3, 5],
          [2, 2, 2, 2],
        ],
      ),
      ...shaped(
        (x, w, b) => autograd.conv2d(x, w, b, { groups: 2, padding: 1, stride: 2 }),
        [[1, 4, 3, 3], [4, 2, 2, 3], [4]],
      ),
    ],
    loses: 4,
  },
  avgPool2d: {
    samples: [
      ...shaped((x) => autograd.avgPool2d(x, 2), [[1, 2, 4, 4]]),
      ...shaped((x) => autograd.avgPool2d(x, [2, 3], { stride: 1, padding: 1 }), [[1, 1, 3, 4]]),
    ],
    drops: true,
  },
  maxPool2d: {
    samples: [
      ...shaped((x) => autograd.maxPool2d(x, 2), [[1, 2, 4, 4]]),
      ...shaped(
        (x) => autograd.maxPool2d(x, [2, 3], { stride: 1, padding: 1, dilation: [2, 1] }),
        [[1, 1, 3, 4]],
      ),
    ],
    drops: true,
  },
};
