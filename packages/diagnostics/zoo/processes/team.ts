import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type LitterPlan, seedOf } from "../plan.ts";
import type { RunResult } from "../result.ts";
import type { Message } from "./messages.ts";

export interface TeamEvents {
  readonly onRun: () => void;
  readonly onLitter: (plan: LitterPlan, runs: readonly RunResult[], seconds: number) => void;
  /** A fault of the program: the other litters are trained all the same. */
  readonly onCrash: (plan: LitterPlan, stack: string) => void;
}

/** Trains litters in `size` processes of their own. No process is left behind, however it ends. @throws Error if one dies */
export async function trainLitters(
  plans: readonly LitterPlan[],
  size: number,
  events: TeamEvents,
): Promise<void> {
  const waiting = [...plans];
  const members = Array.from({ length: Math.min(size, plans.length) }, () =>
    fork(fileURLToPath(new URL("./member.ts", import.meta.url)), { serialization: "advanced" }),
  );
  try {
    await Promise.all(members.map((member) => employ(member, waiting, events)));
  } finally {
    for (const member of members) member.kill("SIGKILL");
  }
}

/** Hands one litter after the other to a process, until none is waiting. */
function employ(
  member: ChildProcess,
  waiting: LitterPlan[],
  { onRun, onLitter, onCrash }: TeamEvents,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: LitterPlan | undefined;
    const next = (): void => {
      current = waiting.shift();
      if (current === undefined) resolve();
      else member.send(current);
    };
    member.on("message", (message: Message) => {
      if (current === undefined) return;
      if (message.kind === "run") onRun();
      else {
        if (message.kind === "done") onLitter(current, message.runs, message.seconds);
        else onCrash(current, message.stack);
        next();
      }
    });
    member.on("error", reject);
    member.on("exit", (code, signal) => {
      if (current !== undefined)
        reject(new Error(`${seedOf(current)}: its process ended (${signal ?? code})`));
    });
    next();
  });
}
