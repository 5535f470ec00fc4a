import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Workload } from "../workloads/workload.ts";

/** How a contender is started. */
export interface Launch {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its first run says nothing of the next: it compiles. */
  readonly compiles?: boolean;
}

interface Reply {
  readonly ready?: true;
  readonly version?: string;
  readonly results?: number;
  readonly cold?: number;
  readonly seconds?: number;
  readonly error?: string;
}

/** What came of the first computation. */
export interface Prepared {
  /** How many files with results there are. */
  readonly results: number;
  /** Seconds that a run took, before anything was compiled or cached. */
  readonly cold: number;
}

/** A contender in a process of its own, which is started when first asked and again when it broke. */
export class Contender {
  readonly name: string;
  readonly compiles: boolean;
  /** Why it cannot take part at all. */
  absent: string | null = null;
  readonly #launch: Launch;
  #child: ChildProcess | null = null;
  #waiting: ((reply: Reply) => void) | null = null;

  constructor(launch: Launch) {
    this.name = launch.name;
    this.compiles = launch.compiles ?? false;
    this.#launch = launch;
  }

  /** Computes the workload once and leaves what came out in files, or says what went wrong. */
  async prepare(workload: Workload, results: string, seconds: number): Promise<Prepared | Error> {
    if (this.absent !== null) return new Error(this.absent);
    if (this.#child === null) {
      const { ready, error } = await this.#start(30);
      if (ready === undefined) {
        this.absent = `does not start: ${error}`;
        return new Error(this.absent);
      }
    }
    const { results: count, cold, error } = await this.#ask({ workload, results }, seconds);
    return count === undefined || cold === undefined ? new Error(error) : { results: count, cold };
  }

  /** The time of one run, from as many as fit into `seconds`; or what went wrong. */
  async time(seconds: number, limit: number): Promise<number | Error> {
    const reply = await this.#ask({ seconds }, limit);
    return reply.seconds ?? new Error(reply.error);
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #start(seconds: number): Promise<Reply> {
    const { command, environment } = this.#launch;
    const child = spawn(command, this.#launch.arguments, {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...environment },
    });
    this.#child = child;
    const broken = (why: string) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#waiting?.({ error: why });
    };
    child.on("error", ({ message }) => broken(message));
    child.on("exit", (code, signal) => broken(`ended with ${signal ?? code}`));
    child.stdin.on("error", () => {}); // its end is heard of by "exit"
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) this.#waiting?.(JSON.parse(line)); // libraries print banners
    });
    return this.#reply(seconds);
  }

  #ask(request: object, seconds: number): Promise<Reply> {
    if (this.#child === null) return Promise.resolve({ error: "ended before" });
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.#reply(seconds);
  }

  /** The next reply; a contender that takes longer is stopped. */
  #reply(seconds: number): Promise<Reply> {
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve(reply);
      };
      const timer = setTimeout(() => {
        this.stop();
        settle({ error: `took longer than ${seconds} s` });
      }, seconds * 1000);
      this.#waiting = settle;
    });
  }
}
