import { rowMoments } from "../../../../src/kernels/moments.ts";
import { combineRows, scaleRows, weighedSums } from "../../../../src/kernels/normalize-channels.ts";
import { describeRowKernels } from "./laws.ts";

describeRowKernels({ rowMoments, scaleRows, weighedSums, combineRows }, 2);
