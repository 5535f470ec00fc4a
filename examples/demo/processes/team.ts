import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Problem } from "../problem.ts";
import type { Job, JobRecord, Message } from "./messages.ts";

export interface TeamEvents {
  /** `share` of the job is done, from 0 to 1. */
  readonly onProgress: (job: number, share: number, activity: string) => void;
  readonly onDone: (job: number, record: JobRecord) => void;
}

/**
 * Runs jobs in `size` processes of their own, so that this one can answer the keyboard at any moment.
 *
 * No process is left behind, however it ends.
 *
 * @throws Problem if a job meets one or its process dies; what `signal` was aborted with
 */
export async function runJobs(
  jobs: readonly Job[],
  size: number,
  signal: AbortSignal,
  { onProgress, onDone }: TeamEvents,
): Promise<void> {
  const waiting = jobs.map((_, index) => index);
  const members: ChildProcess[] = [];
  let finished = 0;
  const ended = withResolvers();
  const next = (member: ChildProcess): number | null => {
    const index = waiting.shift();
    if (index === undefined) {
      member.disconnect();
      return null;
    }
    member.send(jobs[index]);
    return index;
  };
  const stop = (): void => ended.reject(signal.reason);
  try {
    signal.throwIfAborted();
    signal.addEventListener("abort", stop);
    for (let k = 0; k < Math.min(size, jobs.length); k++) {
      const member = fork(fileURLToPath(new URL("./member.ts", import.meta.url)), {
        serialization: "advanced", // JSON would lose NaN and infinity
        detached: true, // Ctrl-C reaches every process of a terminal's group: only this one is to decide what happens
      });
      members.push(member);
      let current = next(member);
      member.on("message", (message: Message) => {
        if (current === null) return;
        if (message.kind === "progress") onProgress(current, message.share, message.activity);
        else if (message.kind === "done") {
          onDone(current, message.record);
          finished++;
          if (finished === jobs.length) ended.resolve();
          current = next(member);
        } else ended.reject(failureOf(message));
      });
      member.on("error", (error) => ended.reject(error));
      member.on("exit", (code, cause) => {
        if (current !== null) ended.reject(deathOf(code, cause));
      });
    }
    await ended.promise;
  } finally {
    signal.removeEventListener("abort", stop);
    for (const member of members) member.kill("SIGKILL");
  }
}

function failureOf(message: Extract<Message, { kind: "problem" | "crash" }>): Error {
  if (message.kind === "problem") return new Problem(message.text, message.exitCode);
  const error = new Error("a process that trains crashed");
  error.stack = message.stack;
  return error;
}

function deathOf(code: number | null, cause: NodeJS.Signals | null): Problem {
  const how = cause === null ? `code ${code}` : `signal ${cause}`;
  return new Problem(`a process that trains ended too early (${how}): is there enough memory? try --quick`);
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers() {
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
