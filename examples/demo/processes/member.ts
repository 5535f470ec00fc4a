import { Problem } from "../problem.ts";
import type { Job, Message } from "./messages.ts";

process.on("disconnect", () => process.exit()); // nobody is left to hear the answer
process.on("message", (job: Job) => void work(job));

const tell = (message: Message): void => {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
};

async function work(job: Job): Promise<void> {
  try {
    const { setThreads } = await import("@isograd/autograd");
    setThreads(1); // other members have the other processors
    const { study } = await import("../study/study.ts");
    const record = await study(job, (share, activity) => tell({ kind: "progress", share, activity }));
    tell({ kind: "done", record });
  } catch (error) {
    if (error instanceof Problem) tell({ kind: "problem", text: error.message, exitCode: error.exitCode });
    else
      tell({ kind: "crash", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
