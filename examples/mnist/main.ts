import { untilInterrupted } from "../interrupt.ts";
import { run } from "./run.ts";

await untilInterrupted(run, "; the same command goes on from here");
