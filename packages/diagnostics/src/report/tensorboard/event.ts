import type { Histogram } from "./histogram.ts";
import { concat, double, doubles, float, int64, message, string } from "./protobuf.ts";

// Numbers of fields are those of tensorflow/core/util/event.proto, framework/summary.proto and framework/tensor.proto.

/** When and at which step something was written. */
export interface Moment {
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

/** What every file begins with. */
export const fileVersion = (wallTime: number): Uint8Array =>
  concat([double(1, wallTime), string(3, "brain.Event:2")]);

/** An event with one value, of which `fields` are those besides the tag. */
const summary = ({ step, wallTime }: Moment, tag: string, fields: readonly Uint8Array[]): Uint8Array =>
  concat([double(1, wallTime), int64(2, step), message(5, [message(1, [string(1, tag), ...fields])])]);

export const scalarEvent = (moment: Moment, tag: string, value: number): Uint8Array =>
  summary(moment, tag, [float(2, value)]);

export const histogramEvent = (moment: Moment, tag: string, histogram: Histogram): Uint8Array =>
  summary(moment, tag, [
    message(5, [
      double(1, histogram.min),
      double(2, histogram.max),
      double(3, histogram.count),
      double(4, histogram.sum),
      double(5, histogram.sumSquares),
      doubles(6, histogram.limits),
      doubles(7, histogram.counts),
    ]),
  ]);

const stringType = 7;

/** Text is a tensor of one string, with a plugin to show it. */
export const textEvent = (moment: Moment, tag: string, text: string): Uint8Array =>
  summary(moment, tag, [
    message(8, [int64(1, stringType), message(2, [message(2, [int64(1, 1)])]), string(8, text)]),
    message(9, [message(1, [string(1, "text")])]),
  ]);
