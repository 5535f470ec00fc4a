import * as autograd from "../../../src/index.ts";
import { given, type OpEntry, of, samplesOf } from "../samples.ts";

const { numbers, shaped } = samplesOf("spatial");

const image = [[1, 2, 4, 3]];

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
  im2col: {
    samples: shaped(
      (x) => autograd.im2col(x, [2, 1], { stride: [1, 2], padding: [1, 0] }),
      [[1, 3, 3]],
      [[2, 1, 2, 3]],
    ),
    drops: true,
  },
  col2im: {
    samples: [
      ...shaped((x) => autograd.col2im(x, [3, 3], 2), [[4, 4]], [[2, 4, 4]]),
      ...shaped((x) => autograd.col2im(x, [3, 2], [2, 1], { padding: [1, 0], dilation: [2, 1] }), [[2, 6]]),
    ],
    drops: true,
  },
  conv1d: {
    samples: [
      ...shaped((x, w, b) => autograd.conv1d(x, w, b), [[2, 1, 4], [2, 1, 2], [2]]),
      ...shaped(
        (x, w) => autograd.conv1d(x, w, null, { padding: "same", dilation: 3 }),
        [
          [2, 4],
          [1, 2, 2],
        ],
      ),
    ],
    loses: 4,
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
  conv3d: {
    samples: shaped(
      (x, w, b) => autograd.conv3d(x, w, b, { padding: [0, 1, 0] }),
      [[1, 2, 1, 3], [2, 1, 2, 2, 2], [2]],
    ),
    loses: 4,
  },
  convTranspose1d: {
    samples: shaped(
      (x, w, b) => autograd.convTranspose1d(x, w, b, { stride: 2, padding: 1, outputPadding: 1 }),
      [[2, 3], [2, 2, 2], [2]],
    ),
    drops: true,
    loses: 4,
  },
  convTranspose2d: {
    samples: [
      ...shaped(
        (x, w, b) => autograd.convTranspose2d(x, w, b, { groups: 2, dilation: [2, 1] }),
        [[1, 2, 2, 2], [2, 1, 2, 2], [2]],
      ),
      ...shaped(
        (x, w) => autograd.convTranspose2d(x, w, null, { stride: [1, 3], outputPadding: [0, 2] }),
        [
          [1, 2, 2],
          [1, 2, 1, 2],
        ],
      ),
    ],
    loses: 4,
  },
  convTranspose3d: {
    samples: shaped(
      (x, w) => autograd.convTranspose3d(x, w),
      [
        [1, 2, 1, 2],
        [1, 1, 2, 2, 1],
      ],
    ),
    loses: 4,
  },
  avgPool1d: {
    samples: shaped((x) => autograd.avgPool1d(x, 3, { stride: 2, padding: 1, ceilMode: true }), [[2, 4]]),
    drops: true,
  },
  avgPool2d: {
    samples: [
      ...shaped((x) => autograd.avgPool2d(x, 2), [[1, 2, 4, 4]]),
      ...shaped(
        (x) => autograd.avgPool2d(x, [2, 3], { stride: 1, padding: 1, countIncludePad: false }),
        [[1, 1, 3, 4]],
      ),
    ],
    drops: true,
  },
  avgPool3d: {
    samples: shaped((x) => autograd.avgPool3d(x, [1, 2, 2], { divisorOverride: 3 }), [[1, 2, 3, 2]]),
    drops: true,
  },
  maxPool1d: {
    samples: shaped((x) => autograd.maxPool1d(x, 2, { ceilMode: true }), [[2, 5]]),
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
  maxPool3d: { samples: shaped((x) => autograd.maxPool3d(x, [2, 1, 2]), [[1, 2, 2, 4]]), drops: true },
  // Their indices carry no gradient: the tests of pooling look at them.
  maxPool1dWithIndices: {
    samples: shaped((x) => autograd.maxPool1dWithIndices(x, 2)[0], [[1, 4]]),
    drops: true,
  },
  maxPool2dWithIndices: {
    samples: shaped((x) => autograd.maxPool2dWithIndices(x, [1, 2])[0], [[1, 2, 4]]),
    drops: true,
  },
  maxPool3dWithIndices: {
    samples: shaped((x) => autograd.maxPool3dWithIndices(x, [2, 1, 2])[0], [[1, 2, 1, 4]]),
    drops: true,
  },
  adaptiveAvgPool1d: { samples: shaped((x) => autograd.adaptiveAvgPool1d(x, 2), [[2, 5]]) },
  adaptiveAvgPool2d: { samples: shaped((x) => autograd.adaptiveAvgPool2d(x, [3, null]), image) },
  adaptiveAvgPool3d: { samples: shaped((x) => autograd.adaptiveAvgPool3d(x, [1, 3, 2]), image) },
  adaptiveMaxPool1d: { samples: shaped((x) => autograd.adaptiveMaxPool1d(x, 2), [[2, 5]]), drops: true },
  adaptiveMaxPool2d: {
    samples: shaped((x) => autograd.adaptiveMaxPool2d(x, [3, null]), image),
    drops: true,
  },
  adaptiveMaxPool3d: {
    samples: shaped((x) => autograd.adaptiveMaxPool3d(x, [1, 3, 2]), image),
    drops: true,
  },
  adaptiveMaxPool1dWithIndices: {
    samples: shaped((x) => autograd.adaptiveMaxPool1dWithIndices(x, 2)[0], [[1, 5]]),
    drops: true,
  },
  adaptiveMaxPool2dWithIndices: {
    samples: shaped((x) => autograd.adaptiveMaxPool2dWithIndices(x, 2)[0], [[1, 3, 2]]),
    drops: true,
  },
  adaptiveMaxPool3dWithIndices: {
    samples: shaped((x) => autograd.adaptiveMaxPool3dWithIndices(x, 1)[0], [[1, 3, 2, 1]]),
    drops: true,
  },
  lpPool1d: {
    samples: [given("cubes", (x) => autograd.lpPool1d(x, 3, 2), numbers([1, 4], 0.5, 2))],
    loses: 8,
  },
  lpPool2d: {
    samples: shaped((x) => autograd.lpPool2d(x, 2, 2, { stride: 1, ceilMode: true }), [[1, 2, 3]]),
    loses: 8,
  },
  maxUnpool1d: {
    samples: [given("out of order", (x) => autograd.maxUnpool1d(x, of([[3, 0]], "i32"), 2), numbers([1, 2]))],
  },
  maxUnpool2d: {
    samples: [
      given(
        "with a larger result",
        (x) => autograd.maxUnpool2d(x, of([[[1, 3]]], "i32"), 2, { outputSize: [2, 5] }),
        numbers([1, 1, 2]),
      ),
    ],
  },
  maxUnpool3d: {
    samples: [
      given(
        "of one line",
        (x) => autograd.maxUnpool3d(x, of([[[[0, 5]]]], "i32"), [1, 1, 3]),
        numbers([1, 1, 1, 2]),
      ),
    ],
  },
  reflectionPad: {
    samples: shaped(
      (x) =>
        autograd.reflectionPad(x, [
          [1, 0],
          [2, -1],
        ]),
      [[2, 4]],
    ),
    drops: true,
  },
  replicationPad: {
    samples: shaped(
      (x) =>
        autograd.replicationPad(x, [
          [1, 0],
          [-1, 3],
        ]),
      [[2, 3]],
    ),
    drops: true,
  },
  circularPad: {
    samples: shaped(
      (x) =>
        autograd.circularPad(x, [
          [1, 2],
          [2, 0],
        ]),
      [[2, 3]],
    ),
  },
  interpolate: {
    samples: [
      ...shaped((x) => autograd.interpolate(x, { scaleFactor: [1.7, 0.8] }), [[1, 2, 3, 2]]),
      ...shaped(
        (x) => autograd.interpolate(x, { size: [2, 4], mode: "bilinear", alignCorners: true }),
        [[1, 1, 3, 3]],
      ),
      ...shaped((x) => autograd.interpolate(x, { size: [2, 4], mode: "bicubic" }), [[1, 1, 3, 3]]),
      ...shaped((x) => autograd.interpolate(x, { size: 2, mode: "area" }), [[1, 1, 3, 3, 1]]),
    ],
    drops: true,
  },
  gridSample: {
    samples: [
      ...shaped(
        (x, grid) => autograd.gridSample(x, grid),
        [
          [1, 2, 3, 4],
          [1, 2, 2, 2],
        ],
      ),
      ...shaped(
        (x, grid) => autograd.gridSample(x, grid, { mode: "bicubic", paddingMode: "reflection" }),
        [
          [1, 1, 3, 3],
          [1, 1, 3, 2],
        ],
      ),
      ...shaped(
        (x, grid) => autograd.gridSample(x, grid, { paddingMode: "border", alignCorners: true }),
        [
          [1, 1, 2, 2, 3],
          [1, 1, 2, 1, 3],
        ],
      ),
      ...shaped(
        (x, grid) => autograd.gridSample(x, grid, { mode: "nearest", paddingMode: "border" }),
        [
          [1, 1, 2, 3],
          [1, 1, 2, 2],
        ],
      ),
    ],
    drops: true,
    loses: 16,
  },
  affineGrid: {
    samples: [
      ...shaped((theta) => autograd.affineGrid(theta, [1, 1, 2, 3]), [[1, 2, 3]]),
      ...shaped((theta) => autograd.affineGrid(theta, [1, 1, 2, 1, 2], { alignCorners: true }), [[1, 3, 4]]),
    ],
    loses: 4,
  },
  localResponseNorm: {
    samples: shaped((x) => autograd.localResponseNorm(x, 2, { alpha: 0.5 }), [[1, 3, 2]]),
    loses: 4,
  },
};
