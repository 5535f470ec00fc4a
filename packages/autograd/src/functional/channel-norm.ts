import {
  type ChannelNormalization,
  normalizeChannels,
  normalizeChannelsPullback,
  normalizeChannelsToWeight,
} from "../kernels/normalize-channels.ts";
import { apply, defineOp } from "../op.ts";
import { add, mul } from "../ops/elementwise/index.ts";
import { alongAxis, reshape, withExamples } from "../ops/movement/movement.ts";
import { sum } from "../ops/reductions/index.ts";
import { sizeOf } from "../shape.ts";
import type { Op } from "../tensor.ts";
import {
  grouped,
  groupedAll,
  ofChannels,
  spread,
  standardized,
  standardizedAll,
  statisticShape,
} from "./grouped-channels.ts";
import {
  addAll,
  curved,
  projected,
  pulled,
  throughRstd,
  throughStatistics,
  toStatistics,
} from "./standardize.ts";

/** v weight + bias, for v the standardized x [examples, channels, ...], then mean, variance and 1/√(variance + eps). */
export const channelNormOp: Op<ChannelNormalization> = /* @__PURE__ */ defineOp<ChannelNormalization>({
  name: "normalizeChannels",
  flops: (_, __, [{ shape }]) => 8 * sizeOf(shape),
  shape: ([{ shape, dtype }], how) => {
    const statistic = { shape: statisticShape(shape[0], how), dtype };
    return [{ shape, dtype }, statistic, statistic, statistic];
  },
  forward: (inputs, how, { dtype }) => normalizeChannels(inputs, how, dtype),
  vjp: [
    (_, { inputs: [x, weight], attributes }, [toValue, ...others]) => {
      const direct = toValue && apply(pullbackOp, [toValue, x, weight], attributes);
      if (others.every((cotangent) => cotangent === null)) return direct;
      const { v, r, way } = standardized(x, attributes);
      const through = throughStatistics(
        others.map((cotangent) => cotangent && spread(cotangent, attributes)),
        v,
        r,
        way,
      );
      return addAll(direct, through && reshape(through, x.shape));
    },
    (_, { inputs: [x], attributes }, [toValue]) =>
      toValue && apply(weightPullbackOp, [toValue, x], attributes),
    (_, __, [toValue]) =>
      toValue && sum(toValue, { axis: toValue.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])) }),
  ],
  jvp: [
    (t, { inputs: [x, weight], attributes }) => {
      const { v, r, way } = standardized(x, attributes);
      const change = grouped(t, attributes);
      const value = mul(pulled(change, v, r, way), ofChannels(weight, attributes));
      const shape = statisticShape(x.shape[0], attributes);
      const statistics = toStatistics(change, v, r, way).map((each) => each && reshape(each, shape));
      return [reshape(value, x.shape), ...statistics];
    },
    (t, { inputs: [x], attributes }) => [
      reshape(mul(standardized(x, attributes).v, ofChannels(t, attributes)), x.shape),
      null,
      null,
      null,
    ],
    (t, { inputs: [x] }) => [alongAxis(t, 1, x.rank), null, null, null],
  ],
  batch: (inputs, mapped, how, size) => {
    const [x] = withExamples(inputs, mapped, size);
    const { v, statistics } = standardizedAll(x, how);
    const [weight, bias] = inputs.slice(1).map((each) => ofChannels(each, how));
    const shape = [size, ...statisticShape(x.shape[1], how)];
    return [
      reshape(add(mul(v, weight), bias), x.shape),
      ...statistics.map((statistic) => reshape(statistic, shape)),
    ];
  },
  reads: [[0, 1], [0], []],
});

/** From cotangent, x and weight. */
const pullbackOp: Op<ChannelNormalization> = /* @__PURE__ */ defineOp<ChannelNormalization>({
  name: "normalizeChannelsPullback",
  flops: (_, __, [{ shape }]) => 14 * sizeOf(shape),
  shape: ([, { shape, dtype }]) => ({ shape, dtype }),
  forward: (inputs, how, { dtype }) => normalizeChannelsPullback(inputs, how, dtype),
  vjp: [
    (c, { inputs: [, x, weight], attributes }) => {
      const { v, r, way } = standardized(x, attributes);
      const back = pulled(grouped(c, attributes), v, r, way);
      return reshape(mul(back, ofChannels(weight, attributes)), x.shape);
    },
    (c, { inputs: [g, x, weight], attributes }) => {
      const { v, r, way } = standardized(x, attributes);
      const weighed = mul(grouped(g, attributes), ofChannels(weight, attributes));
      const change = grouped(c, attributes);
      const toRstd = sum(mul(change, projected(weighed, v, way)), { axis: way.axes, keepDims: true });
      const back = add(pulled(curved(change, weighed, v, r, way), v, r, way), throughRstd(toRstd, v, r));
      return reshape(back, x.shape);
    },
    (c, { inputs: [g, x], attributes }) => {
      const { v, r, way } = standardized(x, attributes);
      const back = mul(pulled(grouped(c, attributes), v, r, way), grouped(g, attributes));
      return reshape(sum(back, { axis: [0, 3] }), [x.shape[1]]);
    },
  ],
  batch: (inputs, mapped, how, size) => {
    const [g, x] = withExamples(inputs, mapped, size);
    const { v, statistics, way } = standardizedAll(x, how);
    const weighed = mul(groupedAll(g, how), ofChannels(inputs[2], how));
    return reshape(pulled(weighed, v, statistics[2], way), x.shape);
  },
  reads: [
    [1, 2],
    [0, 1, 2],
    [0, 1],
  ],
});

/** From cotangent and x. */
const weightPullbackOp: Op<ChannelNormalization> = /* @__PURE__ */ defineOp<ChannelNormalization>({
  name: "normalizeChannelsPullbackToWeight",
  flops: ([x]) => (x === null ? 0 : 8 * sizeOf(x.shape)),
  shape: ([, { shape, dtype }]) => ({ shape: [shape[1]], dtype }),
  forward: (inputs, how, { dtype }) => normalizeChannelsToWeight(inputs, how, dtype),
  vjp: [
    (c, { inputs: [, x], attributes }) =>
      reshape(mul(standardized(x, attributes).v, ofChannels(c, attributes)), x.shape),
    (c, { inputs: [g, x], attributes }) => {
      const { v, r, way } = standardized(x, attributes);
      const weighed = mul(grouped(g, attributes), ofChannels(c, attributes));
      return reshape(pulled(weighed, v, r, way), x.shape);
    },
  ],
  batch: (inputs, mapped, how, size) => {
    const [g, x] = withExamples(inputs, mapped, size);
    const total = sum(mul(groupedAll(g, how), standardizedAll(x, how).v), { axis: [1, 4] });
    return reshape(total, [size, x.shape[2]]);
  },
  reads: [[1], [0, 1]],
});
