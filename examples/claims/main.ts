import { untilInterrupted } from "../interrupt.ts";
import { run } from "./run.ts";

await untilInterrupted(run);
