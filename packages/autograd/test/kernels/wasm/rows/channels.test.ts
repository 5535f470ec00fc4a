import { combineRows, scaleRows, weighedSums } from "../../../../src/kernels/channel-rows.ts";
import { rowMoments } from "../../../../src/kernels/moments.ts";
import { describeRowKernels } from "./laws.ts";

describeRowKernels({ rowMoments, scaleRows, weighedSums, combineRows }, 2);
