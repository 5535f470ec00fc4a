import { setThreads } from "@isograd/autograd";
import { runLitter } from "../litter.ts";
import type { LitterPlan } from "../plan.ts";
import type { Message } from "./messages.ts";

setThreads(1); // other members have the other processors

process.on("disconnect", () => process.exit()); // nobody is left to hear the answer
process.on("message", (plan: LitterPlan) => {
  const began = performance.now();
  try {
    const runs = runLitter(plan, () => tell({ kind: "run" }));
    tell({ kind: "done", runs, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    tell({ kind: "crash", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

function tell(message: Message): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
}
