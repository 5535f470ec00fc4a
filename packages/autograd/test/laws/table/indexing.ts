import * as autograd from "../../../src/index.ts";
import { f64, given, type OpEntry, of, samplesOf } from "../samples.ts";

const { numbers } = samplesOf("indexing");

const at = (positions: Parameters<typeof of>[0]) => of(positions, "i32");

/** How elements are chosen is data: vmap cannot map the choice, so it stands in the call. */
const mask = of([true, false, true], "bool");

const picking: Readonly<Record<string, OpEntry>> = {
  gather: {
    samples: [
      given(
        "rows that repeat",
        (x, index) => autograd.gather(x, 0, index),
        numbers([3, 3]),
        at([
          [0, 1, 1],
          [2, 0, 1],
        ]),
      ),
      given(
        "fewer columns",
        (x, index) => autograd.gather(x, 1, index),
        numbers([2, 4]),
        at([[3, 3, 0, 1, 0]]),
      ),
      given("nothing", (x, index) => autograd.gather(x, 0, index), numbers([2]), at([])),
    ],
    drops: true,
  },
  indexSelect: {
    samples: [
      given("rows", (x, index) => autograd.indexSelect(x, 0, index), numbers([3, 2]), at([2, 0, 2, 1])),
      given(
        "columns of a block",
        (x, index) => autograd.indexSelect(x, -1, index),
        numbers([2, 2, 3]),
        at([0, 0]),
      ),
    ],
    drops: true,
  },
  takeAlongDim: {
    samples: [
      given("stretched", (x, index) => autograd.takeAlongDim(x, index, 1), numbers([1, 3]), at([[2], [0]])),
      given("all in a row", (x, index) => autograd.takeAlongDim(x, index), numbers([2, 2]), at([[3, 1, 1]])),
    ],
    drops: true,
  },
  take: {
    samples: [
      given(
        "from both ends",
        (x, index) => autograd.take(x, index),
        numbers([2, 3]),
        at([
          [0, -1],
          [3, 3],
        ]),
      ),
      given("a scalar", (x, index) => autograd.take(x, index), numbers([]), at(0)),
    ],
    drops: true,
  },
  index: {
    samples: [
      given(
        "positions, ranges, new axes",
        (x) => autograd.index(x, [-1, autograd.range(2, 0, -1), null, "..."]),
        numbers([2, 3, 2]),
      ),
      given(
        "neighbouring indices",
        (x, a, b) => autograd.index(x, [autograd.range(), a, b]),
        numbers([2, 2, 3]),
        at([[0], [1]]),
        at([-1, 0]),
      ),
      given(
        "indices apart",
        (x, a, b) => autograd.index(x, [a, autograd.range(1), b]),
        numbers([2, 2, 3]),
        at([0, 1]),
        at([2, 2]),
      ),
      given("a position that is a tensor", (x, a) => autograd.index(x, ["...", a]), numbers([2, 3]), at(-2)),
      given("a mask", (x) => autograd.index(x, [mask, [0]]), numbers([3, 2])),
    ],
    drops: true,
  },
  maskedSelect: {
    samples: [
      given("stretched", (x) => autograd.maskedSelect(x, mask), numbers([2, 1])),
      given("nothing", (x) => autograd.maskedSelect(x, of([false], "bool")), numbers([2])),
    ],
    drops: true,
  },
  repeatInterleave: {
    samples: [
      given("each twice", (x) => autograd.repeatInterleave(x, 2, -1), numbers([2, 2])),
      given("all in a row", (x) => autograd.repeatInterleave(x, 3), numbers([2, 1])),
      given("one by one", (x) => autograd.repeatInterleave(x, at([2, 0, 1]), 0), numbers([3, 2])),
    ],
    drops: true,
  },
  combinations: {
    samples: [
      given("pairs", (x) => autograd.combinations(x), numbers([3])),
      given("with replacement", (x) => autograd.combinations(x, 3, { withReplacement: true }), numbers([2])),
    ],
    drops: true,
  },
  embedding: {
    samples: [
      given(
        "words",
        (x, index) => autograd.embedding(x, index),
        numbers([4, 2]),
        at([
          [3, 0],
          [3, 1],
        ]),
      ),
      given("one word", (x, index) => autograd.embedding(x, index), numbers([2, 3]), at(1)),
    ],
    drops: true,
  },
  embeddingBag: {
    samples: [
      given(
        "means",
        (x, index) => autograd.embeddingBag(x, index),
        numbers([4, 2]),
        at([
          [3, 0, 3],
          [1, 1, 2],
        ]),
      ),
      given(
        "weighted sums with padding",
        (x, index, weights) =>
          autograd.embeddingBag(x, index, {
            mode: "sum",
            offsets: at([0, 2, 2]),
            perSampleWeights: weights,
            paddingIndex: 0,
          }),
        numbers([3, 2]),
        at([1, 2, 1, 2]),
        numbers([4]),
      ),
      given(
        "largest",
        (x, index) =>
          autograd.embeddingBag(x, index, { mode: "max", offsets: at([0, 3, 4]), includeLastOffset: true }),
        numbers([4, 2]),
        at([3, 0, 1, 2]),
      ),
    ],
    drops: true,
  },
};

/** Calls that write, from a tensor, an index and a source. */
const writing = (
  f: (x: autograd.Tensor, index: autograd.Tensor, source: autograd.Tensor) => autograd.Tensor,
): OpEntry => ({
  samples: [given("slices", f, numbers([2, 3]), at([2, 0]), numbers([2, 2]))],
  drops: true,
});

const scattering: Readonly<Record<string, OpEntry>> = {
  scatter: {
    samples: [
      given(
        "a source that is larger",
        (x, index, source) => autograd.scatter(x, 1, index, source),
        numbers([2, 3]),
        at([[2, 0]]),
        numbers([2, 3]),
      ),
      given("a number", (x, index) => autograd.scatter(x, 0, index, 1.5), numbers([3]), at([2, 0])),
    ],
    drops: true,
  },
  scatterAdd: {
    samples: [
      given(
        "several to one place",
        (x, index, source) => autograd.scatterAdd(x, -1, index, source),
        numbers([2, 3]),
        at([
          [2, 0, 2],
          [1, 1, 1],
        ]),
        numbers([2, 3]),
      ),
    ],
  },
  scatterReduce: {
    samples: [
      ...(["sum", "prod", "mean", "amax", "amin"] as const).flatMap((reduction) =>
        [true, false].map((includeSelf) =>
          given(
            `${reduction}, ${includeSelf ? "with" : "without"} what is there`,
            (x, source) => autograd.scatterReduce(x, 0, at([0, 2, 0, 0]), source, reduction, { includeSelf }),
            numbers([3]),
            numbers([4]),
          ),
        ),
      ),
      given(
        "a product with zeros",
        (x, source) => autograd.scatterReduce(x, 1, at([[0, 0, 1, 1, 1]]), source, "prod"),
        f64([[2, 3, 4]]),
        f64([[0, 2, 0, 0, 5]]),
      ),
      given(
        "the largest, by rows",
        (x, index, source) => autograd.scatterReduce(x, 0, index, source, "amax"),
        numbers([2, 2]),
        at([
          [1, 0],
          [1, 1],
        ]),
        numbers([2, 2]),
      ),
    ],
    drops: true,
  },
  indexAdd: writing((x, index, source) => autograd.indexAdd(x, 1, index, source, -2)),
  indexCopy: writing((x, index, source) => autograd.indexCopy(x, 1, index, source)),
  indexReduce: writing((x, index, source) => autograd.indexReduce(x, 1, index, source, "mean")),
  indexFill: {
    samples: [
      given(
        "a scalar",
        (x, index, value) => autograd.indexFill(x, 0, index, value),
        numbers([3, 2]),
        at([2, 0]),
        numbers([]),
      ),
    ],
    drops: true,
  },
  put: {
    samples: [
      given(
        "values",
        (x, index, values) => autograd.put(x, index, values),
        numbers([2, 3]),
        at([[0, -1]]),
        numbers([2]),
      ),
      given(
        "added",
        (x, index, values) => autograd.put(x, index, values, { accumulate: true }),
        numbers([2, 2]),
        at([1, 1, 3]),
        numbers([3]),
      ),
    ],
    drops: true,
  },
  indexPut: {
    samples: [
      given(
        "a row of values for each index",
        (x, index, values) => autograd.indexPut(x, [autograd.range(1), index], values),
        numbers([3, 4]),
        at([0, -1]),
        numbers([2]),
      ),
      given(
        "added where a mask is true",
        (x, values) => autograd.indexPut(x, [mask], values, { accumulate: true }),
        numbers([3, 2]),
        numbers([]),
      ),
    ],
    exempt: { extents: "of several values for one element each receives its gradient" },
    drops: true,
  },
  maskedScatter: {
    samples: [
      given(
        "stretched",
        (x, source) => autograd.maskedScatter(x, mask, source),
        numbers([2, 1]),
        numbers([5]),
      ),
    ],
    drops: true,
  },
  selectScatter: {
    samples: [
      given(
        "a column",
        (x, source) => autograd.selectScatter(x, source, -1, 1),
        numbers([2, 3]),
        numbers([2]),
      ),
    ],
    drops: true,
  },
  sliceScatter: {
    samples: [
      given(
        "every other",
        (x, source) => autograd.sliceScatter(x, source, 0, { step: 2 }),
        numbers([3, 2]),
        numbers([2, 2]),
      ),
    ],
    drops: true,
  },
  diagonalScatter: {
    samples: [
      given("above", (x, source) => autograd.diagonalScatter(x, source, 1), numbers([2, 3]), numbers([2])),
    ],
    drops: true,
  },
};

export const indexingTable: Readonly<Record<string, OpEntry>> = { ...picking, ...scattering };
