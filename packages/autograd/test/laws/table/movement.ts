import * as autograd from "../../../src/index.ts";
import { type OpEntry, samplesOf } from "../samples.ts";

const { shaped } = samplesOf("movement");

const shapes: Readonly<Record<string, OpEntry>> = {
  reshape: {
    samples: shaped((x) => autograd.reshape(x, [x.size === 0 ? 0 : -1, 1]), [[]], [[6]], [[2, 3]], [[0, 3]]),
  },
  flatten: {
    samples: [
      ...shaped((x) => autograd.flatten(x), [[]], [[2, 3]], [[2, 0]]),
      ...shaped((x) => autograd.flatten(x, 1, 2), [[2, 3, 2, 2]]),
    ],
  },
  unflatten: {
    samples: [
      ...shaped((x) => autograd.unflatten(x, -1, [2, -1]), [[6]], [[3, 4]]),
      ...shaped((x) => autograd.unflatten(x, 0, [1, 2, 1]), [[2, 3]]),
    ],
  },
  squeeze: {
    samples: [
      ...shaped((x) => autograd.squeeze(x), [[1, 3, 1]], [[1]]),
      ...shaped((x) => autograd.squeeze(x, -2), [[2, 1, 3]]),
      ...shaped((x) => autograd.squeeze(x, [0, 2]), [[1, 2, 1]]),
    ],
  },
  unsqueeze: {
    samples: [
      ...shaped((x) => autograd.unsqueeze(x, 0), [[]], [[3]]),
      ...shaped((x) => autograd.unsqueeze(x, -1), [[2, 3]]),
    ],
  },
  atleast1d: { samples: shaped(autograd.atleast1d, [[]], [[2]]) },
  atleast2d: { samples: shaped(autograd.atleast2d, [[]], [[2]], [[2, 1]]) },
  atleast3d: { samples: shaped(autograd.atleast3d, [[]], [[2]], [[2, 3]], [[1, 2, 2]]) },
  expand: {
    samples: [
      ...shaped((x) => autograd.expand(x, [2, 3]), [[]], [[3]], [[2, 1]], [[2, 3]]),
      ...shaped((x) => autograd.expand(x, [0, 3]), [[1, 3]]),
    ],
    drops: true,
  },
  broadcastTensors: {
    samples: shaped((a, b) => autograd.broadcastTensors([a, b]), [[2, 1], [3]], [[], [2]]),
  },
  tile: {
    samples: [
      ...shaped((x) => autograd.tile(x, [2, 3]), [[]], [[2]], [[2, 1]], [[0, 1]]),
      ...shaped((x) => autograd.tile(x, [2]), [[2, 2]]),
      ...shaped((x) => autograd.tile(x, [0, 1]), [[2, 2]]),
    ],
    drops: true,
  },
};

const axes: Readonly<Record<string, OpEntry>> = {
  permute: { samples: shaped((x) => autograd.permute(x, [2, 0, 1]), [[2, 3, 4]], [[1, 2, 0]]) },
  transpose: {
    samples: [
      ...shaped((x) => autograd.transpose(x), [[2, 3]], [[2, 1, 3]]),
      ...shaped((x) => autograd.transpose(x, 0, 2), [[2, 3, 4]]),
    ],
  },
  movedim: {
    samples: [
      ...shaped((x) => autograd.movedim(x, [0, 1], [-1, 0]), [[2, 3, 2]]),
      ...shaped((x) => autograd.movedim(x, -1, 0), [[2, 3]]),
    ],
  },
  flip: {
    samples: [
      ...shaped((x) => autograd.flip(x, [0, -1]), [[2, 3]], [[2, 1, 2]]),
      ...shaped((x) => autograd.flip(x), [[]], [[3]], [[2, 0]]),
    ],
  },
  roll: {
    samples: [
      ...shaped((x) => autograd.roll(x, [1, -2], [0, -1]), [[2, 3]], [[0, 2]]),
      ...shaped((x) => autograd.roll(x, 4), [[2, 3]], [[]]),
    ],
  },
  rot90: {
    samples: [1, 2, -1].flatMap((turns) => shaped((x) => autograd.rot90(x, turns, [0, -1]), [[2, 1, 3]])),
  },
};

const parts: Readonly<Record<string, OpEntry>> = {
  slice: {
    samples: [
      ...shaped((x) => autograd.slice(x, 1, { start: 1, end: -1, step: 2 }), [[2, 6]], [[1, 2]]),
      ...shaped((x) => autograd.slice(x, 0, { step: -2 }), [[5, 2]], [[0]]),
    ],
    drops: true,
  },
  narrow: {
    samples: [
      ...shaped((x) => autograd.narrow(x, -1, 1, 2), [[2, 4]]),
      ...shaped((x) => autograd.narrow(x, 0, -2, 1), [[3]]),
      ...shaped((x) => autograd.narrow(x, 0, 0, 0), [[0, 2]]),
    ],
    drops: true,
  },
  select: { samples: shaped((x) => autograd.select(x, -1, -2), [[2, 3]], [[2]]), drops: true },
  unbind: {
    samples: shaped((x) => autograd.unbind(x, -1), [[2, 3]], [[1]], [[0, 2]]),
  },
  split: {
    samples: [
      ...shaped((x) => autograd.split(x, 2), [[5, 2]], [[0]]),
      ...shaped((x) => autograd.split(x, [1, 0, 2], -1), [[2, 3]]),
    ],
  },
  chunk: { samples: shaped((x) => autograd.chunk(x, 3, -1), [[2, 4]], [[7]], [[0]]) },
  tensorSplit: {
    samples: [
      ...shaped((x) => autograd.tensorSplit(x, 2), [[5, 2]]),
      ...shaped((x) => autograd.tensorSplit(x, [1, 3], -1), [[2, 4]]),
    ],
  },
  hsplit: { samples: shaped((x) => autograd.hsplit(x, 2), [[4]], [[2, 2]]) },
  vsplit: { samples: shaped((x) => autograd.vsplit(x, [1]), [[2, 2]]) },
  dsplit: { samples: shaped((x) => autograd.dsplit(x, 2), [[1, 2, 4]]) },
  tril: { samples: shaped((x) => autograd.tril(x, 1), [[3, 2]], [[2, 1, 3]]), drops: true },
  triu: { samples: shaped((x) => autograd.triu(x, -1), [[3, 2]], [[2, 3, 3]]), drops: true },
};

const joined: Readonly<Record<string, OpEntry>> = {
  pad: {
    samples: [
      ...shaped(
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
      ...shaped(
        (x) =>
          autograd.pad(x, [
            [-1, 2],
            [1, -2],
          ]),
        [[2, 3]],
      ),
    ],
    drops: true,
  },
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
  hstack: {
    samples: shaped(
      (a, b) => autograd.hstack([a, b]),
      [[], [2]],
      [
        [2, 1],
        [2, 2],
      ],
    ),
  },
  vstack: { samples: shaped((a, b) => autograd.vstack([a, b]), [[2], [2]], [[1, 2], [2]]) },
  dstack: { samples: shaped((a, b) => autograd.dstack([a, b]), [[2], [2]]) },
  columnStack: { samples: shaped((a, b) => autograd.columnStack([a, b]), [[], []], [[2], [2, 2]]) },
  blockDiag: {
    samples: shaped((a, b, c) => autograd.blockDiag([a, b, c]), [[2, 1], [2], []], [[0, 1], [], [2]]),
  },
};

const matrices: Readonly<Record<string, OpEntry>> = {
  diagonal: {
    samples: [
      ...shaped((x) => autograd.diagonal(x, 1), [[3, 3]], [[2, 1, 2]]),
      ...shaped((x) => autograd.diagonal(x, -1, -1, 0), [[2, 3, 2]]),
      ...shaped((x) => autograd.diagonal(x, 5), [[2, 3]]),
    ],
    drops: true,
  },
  diagEmbed: {
    samples: [
      ...shaped((x) => autograd.diagEmbed(x, -1), [[2, 2]], [[0]]),
      ...shaped((x) => autograd.diagEmbed(x, 1, 0, -2), [[2, 3]]),
    ],
  },
  diag: { samples: shaped((x) => autograd.diag(x, 1), [[2]], [[2, 3]]), drops: true },
  diagflat: { samples: shaped((x) => autograd.diagflat(x), [[]], [[2, 2]]) },
  meshgrid: {
    samples: [
      ...shaped((a, b) => autograd.meshgrid([a, b]), [[2], [3]], [[], [2]]),
      ...shaped((a, b) => autograd.meshgrid([a, b], "xy"), [[2], [3]]),
    ],
  },
  cartesianProd: { samples: shaped((a, b) => autograd.cartesianProd([a, b]), [[2], [3]]) },
  vander: {
    samples: [
      ...shaped((x) => autograd.vander(x), [[3]], [[2, 2]]),
      ...shaped((x) => autograd.vander(x, 1), [[2]]),
      ...shaped((x) => autograd.vander(x, 4), [[1]]),
    ],
    drops: true,
    loses: 4,
  },
  pixelShuffle: { samples: shaped((x) => autograd.pixelShuffle(x, 2), [[4, 1, 2]], [[2, 8, 2, 1]]) },
  pixelUnshuffle: { samples: shaped((x) => autograd.pixelUnshuffle(x, 2), [[1, 2, 4]], [[2, 1, 2, 2]]) },
};

export const movementTable: Readonly<Record<string, OpEntry>> = {
  ...shapes,
  ...axes,
  ...parts,
  ...joined,
  ...matrices,
};
