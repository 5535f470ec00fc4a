import {
  type Axes,
  abs,
  all,
  aminmax,
  any,
  argmax,
  argmin,
  argsort,
  bincount,
  bucketize,
  cast,
  cdist,
  corrcoef,
  cosineSimilarity,
  countNonzero,
  cov,
  cummax,
  cummin,
  cumprod,
  cumsum,
  cumulativeTrapezoid,
  customOp,
  type Dtype,
  diff,
  dist,
  eq,
  flatten,
  gather,
  gradient,
  kthvalue,
  logcumsumexp,
  logSoftmax,
  logsumexp,
  max,
  maxAlong,
  mean,
  median,
  medianAlong,
  min,
  minAlong,
  mode,
  msort,
  mul,
  nanmean,
  nanmedian,
  nanmedianAlong,
  nanquantile,
  nansum,
  norm,
  type Picked,
  pairwiseDistance,
  pdist,
  pow,
  prod,
  quantile,
  renorm,
  reshape,
  searchsorted,
  sign,
  softmax,
  softmin,
  sort,
  std,
  stdMean,
  sum,
  type Tensor,
  topk,
  trapezoid,
  variance,
  varMean,
  vecdot,
  vectorNorm,
  where,
} from "@isograd/autograd";
import { type Arguments, type Call, call, type Mapping, NotOffered } from "../call.ts";

/** PyTorch reduces over all axes where it is given none, and so over an empty list. */
const axes = (dim: Axes | null): Axes =>
  dim === null || (Array.isArray(dim) && dim.length === 0) ? undefined : dim;
const typed = (x: Tensor, dtype: Dtype | null): Tensor => (dtype === null ? x : cast(x, dtype));
const pair = ({ values, indices }: Picked): readonly Tensor[] => [values, indices];

const reduction = (f: (x: Tensor, options: { axis: Axes; keepDims: boolean }) => unknown): Call =>
  call("input dim=null keepdim=false dtype=null", ({ input, dim, keepdim, dtype }) =>
    f(typed(input, dtype), { axis: axes(dim), keepDims: keepdim }),
  );

/** `var(input, unbiased)` or `var(input, dim, unbiased or correction, keepdim)`. */
const spread = (
  f: (x: Tensor, options: { axis: Axes; keepDims: boolean; correction: number }) => unknown,
): Call =>
  call("input dim=null unbiased=true keepdim=false correction=null", (bound) => {
    const alone = typeof bound.dim === "boolean";
    const unbiased = alone ? bound.dim : bound.unbiased;
    const axis = axes(alone ? null : bound.dim);
    return f(bound.input, {
      axis,
      keepDims: bound.keepdim,
      correction: bound.correction ?? Number(unbiased),
    });
  });

const picking = (
  along: (x: Tensor, axis: number, options: { keepDims: boolean }) => Picked,
  whole?: (x: Tensor) => Tensor,
): Call =>
  call(`input dim=${whole ? "null" : "-1"} keepdim=false`, ({ input, dim, keepdim }) =>
    whole && dim === null ? whole(input) : pair(along(input, dim, { keepDims: keepdim })),
  );

const position = (f: (x: Tensor, axis: number, options: { keepDims: boolean }) => Tensor): Call =>
  call("input dim=null keepdim=false", ({ input, dim, keepdim }) =>
    dim === null ? f(flatten(input), 0, { keepDims: false }) : f(input, dim, { keepDims: keepdim }),
  );

const scan = (f: (x: Tensor, axis: number) => Tensor): Call =>
  call("input dim dtype=null", ({ input, dim, dtype }) => f(typed(input, dtype), dim));

const quantiles = (f: typeof quantile): Call =>
  call('input q dim=null keepdim=false interpolation="linear"', ({ input, q, dim, keepdim, interpolation }) =>
    f(input, q, { axis: dim ?? undefined, keepDims: keepdim, interpolation }),
  );

const integral = (f: typeof trapezoid): Call =>
  call("y x=null dx=1 dim=-1", ({ y, x, dx, dim }) => f(y, { x: x ?? undefined, dx, axis: dim }));

const softened = (f: typeof softmax): Call =>
  call("input dim dtype=null", ({ input, dim, dtype }) => f(input, dim, { dtype: dtype ?? undefined }));

/** PyTorch 1.13 rounds the exponent p of a norm to single precision for the value, but not for the derivative. */
function vectorNorms(x: Tensor, p: number, options: { axis: Axes; keepDims: boolean }): Tensor {
  if (Math.fround(p) === p) return vectorNorm(x, { ord: p, ...options });
  const rounded = customOp({
    name: "vectorNorm",
    forward: (y) => vectorNorm(y, { ord: Math.fround(p), axis: options.axis, keepDims: true }),
    vjp: (g, [y], norms) => {
      const slope = where(eq(y, 0), 0, mul(sign(y), pow(abs(y), p - 1)));
      return [mul(mul(g, pow(norms, 1 - p)), slope)];
    },
  });
  return reshape(rounded(x), sum(x, options).shape);
}

const searching = ({ right, side }: Arguments): { right: boolean } => ({ right: right || side === "right" });

export const reductions: Mapping = {
  all: reduction(all),
  amax: reduction(max),
  amin: reduction(min),
  aminmax: reduction((x, options) => Object.values(aminmax(x, options))),
  any: reduction(any),
  argmax: position(argmax),
  argmin: position(argmin),
  argsort: call("input dim=-1 descending=false", ({ input, dim, descending }) =>
    argsort(input, dim, { descending }),
  ),
  bincount: call("input weights=null minlength=0", ({ input, weights, minlength }) =>
    bincount(input, { weights: weights ?? undefined, minLength: minlength }),
  ),
  bucketize: call("input boundaries out_int32=false right=false", ({ input, boundaries, right }) =>
    bucketize(input, boundaries, { right }),
  ),
  cdist: call("x1 x2 p=2 compute_mode=null", ({ x1, x2, p }) => cdist(x1, x2, p)),
  corrcoef: call("input", ({ input }) => corrcoef(input)),
  count_nonzero: reduction(countNonzero),
  cov: call("input correction=1 fweights=null aweights=null", ({ input, correction, fweights, aweights }) => {
    if (aweights !== null && aweights.dtype !== input.dtype)
      throw new NotOffered(
        "takes weights in single precision for observations in double: PyTorch's answer is then good to single precision only, and differs in the last digits",
      );
    return cov(input, { correction, fweights: fweights ?? undefined, aweights: aweights ?? undefined });
  }),
  cummax: call("input dim", ({ input, dim }) => pair(cummax(input, dim))),
  cummin: call("input dim", ({ input, dim }) => pair(cummin(input, dim))),
  cumprod: scan(cumprod),
  cumsum: scan(cumsum),
  cumulative_trapezoid: integral(cumulativeTrapezoid),
  diff: call("input n=1 dim=-1 prepend=null append=null", ({ input, n, dim, prepend, append }) =>
    diff(input, { n, axis: dim, prepend: prepend ?? undefined, append: append ?? undefined }),
  ),
  dist: call("input other p=2", ({ input, other, p }) => dist(input, other, p)),
  gradient: call("input spacing=1 dim=null edge_order=1", ({ input, spacing, dim, edge_order }) =>
    gradient(input, { spacing: spacing ?? 1, axis: dim ?? undefined, edgeOrder: edge_order }),
  ),
  kthvalue: call("input k dim=-1 keepdim=false", ({ input, k, dim, keepdim }) =>
    pair(kthvalue(input, k, dim, { keepDims: keepdim })),
  ),
  "linalg.vecdot": call("x y dim=-1", ({ x, y, dim }) => vecdot(x, y, dim)),
  "linalg.vector_norm": call("x ord=2 dim=null keepdim=false dtype=null", ({ x, ord, dim, keepdim, dtype }) =>
    vectorNorms(typed(x, dtype), ord, { axis: axes(dim), keepDims: keepdim }),
  ),
  log_softmax: softened(logSoftmax),
  "log_softmax/dtype": softened(logSoftmax),
  logcumsumexp: scan(logcumsumexp),
  logsumexp: reduction(logsumexp),
  "max/reduction_no_dim": reduction(max),
  "max/reduction_with_dim": picking(maxAlong),
  mean: reduction(mean),
  median: picking(medianAlong, median),
  "min/reduction_no_dim": reduction(min),
  "min/reduction_with_dim": picking(minAlong),
  mode: picking(mode),
  msort: call("input", ({ input }) => msort(input)),
  nanmean: reduction(nanmean),
  nanmedian: picking(nanmedianAlong, nanmedian),
  nanquantile: quantiles(nanquantile),
  nansum: reduction(nansum),
  "nn.functional.cosine_similarity": call("x1 x2 dim=1 eps=1e-8", ({ x1, x2, dim, eps }) =>
    cosineSimilarity(x1, x2, { axis: dim, eps }),
  ),
  "nn.functional.pairwise_distance": call("x1 x2 p=2 eps=1e-6 keepdim=false", ({ x1, x2, p, eps, keepdim }) =>
    pairwiseDistance(x1, x2, { p, eps, keepDims: keepdim }),
  ),
  "nn.functional.pdist": call("input p=2", ({ input, p }) => pdist(input, p)),
  "nn.functional.softmin": softened(softmin),
  "nn.functional.softmin/with_dtype": softened(softmin),
  norm: call('input p="fro" dim=null keepdim=false dtype=null', ({ input, p, dim, keepdim, dtype }) =>
    norm(typed(input, dtype), { p: p ?? "fro", axis: axes(dim), keepDims: keepdim }),
  ),
  prod: reduction(prod),
  quantile: quantiles(quantile),
  renorm: call("input p dim maxnorm", ({ input, p, dim, maxnorm }) => renorm(input, p, dim, maxnorm)),
  searchsorted: call(
    'sorted_sequence input out_int32=false right=false side="left" sorter=null',
    ({ sorted_sequence: rows, input, sorter, ...rest }) =>
      searchsorted(sorter === null ? rows : gather(rows, -1, sorter), input, searching(rest)),
  ),
  softmax: softened(softmax),
  "softmax/with_dtype": softened(softmax),
  sort: call("input dim=-1 descending=false stable=false", ({ input, dim, descending }) =>
    pair(sort(input, dim, { descending })),
  ),
  std: spread(std),
  std_mean: spread((x, options) => Object.values(stdMean(x, options))),
  sum: reduction(sum),
  topk: call("input k dim=-1 largest=true sorted=true", ({ input, k, dim, largest }) =>
    pair(topk(input, k, dim, { largest })),
  ),
  trapezoid: integral(trapezoid),
  trapz: integral(trapezoid),
  var: spread(variance),
  var_mean: spread((x, options) => Object.values(varMean(x, options))),
};
