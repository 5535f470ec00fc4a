import * as channels from "../../../../src/kernels/normalize-channels.ts";
import { describeRowKernels } from "./laws.ts";

const { rowMoments, scaleRows, weighedSums, combineRows } = channels;

describeRowKernels({ rowMoments, scaleRows, weighedSums, combineRows }, 2);
