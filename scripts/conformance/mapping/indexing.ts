import {
  atleast1d,
  embedding,
  embeddingBag,
  full,
  gather,
  type IndexItem,
  index,
  indexAdd,
  indexCopy,
  indexFill,
  indexPut,
  indexReduce,
  indexSelect,
  maskedScatter,
  maskedSelect,
  nonzero,
  put,
  reshape,
  type ScatterReduction,
  scatter,
  scatterAdd,
  scatterReduce,
  selectScatter,
  sliceScatter,
  Tensor,
  take,
  takeAlongDim,
  unbind,
} from "@isograd/autograd";
import { type Arguments, type Call, call, type Mapping } from "../call.ts";

/** PyTorch counts a scalar as a vector of one element; the result has the rank of `like`. */
const vectors = (like: "input" | "index", signature: string, f: (bound: Arguments) => Tensor): Call =>
  call(signature, (bound) => {
    const raised = Object.entries(bound).map(([name, value]) => [
      name,
      value instanceof Tensor ? atleast1d(value) : value,
    ]);
    const result = f(Object.fromEntries(raised));
    return bound[like].rank === 0 ? reshape(result, []) : result;
  });

const reduces: Readonly<Record<string, ScatterReduction>> = { add: "sum", multiply: "prod" };

/** What stands between brackets: one item, a list of numbers (one index), or several items. */
const items = (subscript: unknown): readonly IndexItem[] => {
  if (!Array.isArray(subscript)) return [subscript as IndexItem];
  return subscript.length > 0 && subscript.every((item) => typeof item === "number")
    ? [subscript]
    : subscript;
};

const scatterReduced = vectors(
  "input",
  "input dim index src reduce include_self=true",
  ({ input, dim, index: places, src, reduce, include_self }) =>
    scatterReduce(input, dim, places, src, reduce, { includeSelf: include_self }),
);

export const indexing: Mapping = {
  __getitem__: call("input subscript", ({ input, subscript }) => index(input, items(subscript))),
  argwhere: call("input", ({ input }) => nonzero(input)),
  gather: vectors("index", "input dim index sparse_grad=false", ({ input, dim, index: places }) =>
    gather(input, dim, places),
  ),
  index_add: vectors(
    "input",
    "input dim index source alpha=1",
    ({ input, dim, index: places, source, alpha }) => indexAdd(input, dim, places, source, alpha),
  ),
  index_copy: vectors("input", "input dim index source", ({ input, dim, index: places, source }) =>
    indexCopy(input, dim, places, source),
  ),
  index_fill: vectors("input", "input dim index value", ({ input, dim, index: places, value }) =>
    indexFill(input, dim, places, value instanceof Tensor ? reshape(value, []) : value),
  ),
  index_put: call("input indices values accumulate=false", ({ input, indices, values, accumulate }) =>
    indexPut(input, indices, values, { accumulate }),
  ),
  index_reduce: vectors(
    "input",
    "input dim index source reduce include_self=true",
    ({ input, dim, index: places, source, reduce, include_self }) =>
      indexReduce(input, dim, places, source, reduce, { includeSelf: include_self }),
  ),
  index_select: vectors("input", "input dim index", ({ input, dim, index: places }) =>
    indexSelect(input, dim, places),
  ),
  masked_scatter: call("input mask source", ({ input, mask, source }) => maskedScatter(input, mask, source)),
  masked_select: call("input mask", ({ input, mask }) => maskedSelect(input, mask)),
  "nn.functional.embedding": call(
    "weight input padding_idx=null max_norm=null norm_type=2 scale_grad_by_freq=false sparse=false",
    ({ weight, input, padding_idx, scale_grad_by_freq }) =>
      embedding(weight, input, {
        paddingIndex: padding_idx ?? undefined,
        scaleGradByFreq: scale_grad_by_freq,
      }),
  ),
  "nn.functional.embedding_bag": call(
    'weight input offsets=null max_norm=null norm_type=2 scale_grad_by_freq=false mode="mean" sparse=false per_sample_weights=null include_last_offset=false padding_idx=null',
    ({ weight, input, ...options }) =>
      embeddingBag(weight, input, {
        mode: options.mode,
        offsets: options.offsets ?? undefined,
        includeLastOffset: options.include_last_offset,
        perSampleWeights: options.per_sample_weights ?? undefined,
        paddingIndex: options.padding_idx ?? undefined,
        scaleGradByFreq: options.scale_grad_by_freq,
      }),
  ),
  nonzero: call("input as_tuple=false", ({ input, as_tuple }) =>
    as_tuple ? unbind(nonzero(atleast1d(input)), 1) : nonzero(input),
  ),
  put: call("input index source accumulate=false", ({ input, index: places, source, accumulate }) =>
    put(input, places, source, { accumulate }),
  ),
  scatter: vectors(
    "input",
    "input dim index src reduce=null",
    ({ input, dim, index: places, src, reduce }) =>
      reduce === null
        ? scatter(input, dim, places, src)
        : scatterReduce(
            input,
            dim,
            places,
            typeof src === "number" ? full(places.shape, src, input.dtype) : src,
            reduces[reduce],
          ),
  ),
  scatter_add: vectors("input", "input dim index src", ({ input, dim, index: places, src }) =>
    scatterAdd(input, dim, places, src),
  ),
  "scatter_reduce/amax": scatterReduced,
  "scatter_reduce/amin": scatterReduced,
  "scatter_reduce/mean": scatterReduced,
  "scatter_reduce/prod": scatterReduced,
  "scatter_reduce/sum": scatterReduced,
  select_scatter: call("input src dim index", ({ input, src, dim, index: position }) =>
    selectScatter(input, src, dim, position),
  ),
  slice_scatter: call("input src dim=0 start=null end=null step=1", ({ input, src, dim, start, end, step }) =>
    sliceScatter(input, src, dim, { start: start ?? undefined, end: end ?? undefined, step }),
  ),
  take: call("input index", ({ input, index: places }) => take(input, places)),
  take_along_dim: call("input indices dim=null", ({ input, indices, dim }) =>
    takeAlongDim(input, indices, dim ?? undefined),
  ),
};
