import { workerProgram } from "./worker-program.ts";

/** A thread of the host. */
export interface StartedWorker {
  stop(): void;
}

/** The parts of Node that are used, typed here because browsers lack them; asked for by name, so that bundlers for pages look for nothing. */
interface NodeModules {
  "node:worker_threads": { readonly Worker: new (program: string, options: object) => NodeWorker };
  "node:os": { availableParallelism(): number };
  "node:fs": { readFileSync(path: string, encoding: "utf8"): string };
}

interface NodeWorker {
  on(event: "error", listener: () => void): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface PageWorker {
  onerror: (event: { preventDefault(): void }) => void;
  postMessage(message: object): void;
  terminate(): void;
}

interface Host {
  readonly process?: {
    getBuiltinModule?<N extends keyof NodeModules>(name: N): NodeModules[N] | undefined;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  /** Of pages, whether they may share memory. */
  readonly crossOriginIsolated?: boolean;
  readonly Worker: new (address: string) => PageWorker;
  readonly Blob: new (parts: string[], options: { type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string };
}

const host = globalThis as unknown as Host;

const nodeModule = <N extends keyof NodeModules>(name: N): NodeModules[N] | undefined =>
  host.process?.getBuiltinModule?.(name);

/** How many threads the machine runs at once, or a container may; 1 where nothing says so. */
export function concurrency(): number {
  const processors = nodeModule("node:os")?.availableParallelism() ?? host.navigator?.hardwareConcurrency;
  return Math.max(1, Math.min(processors ?? 1, Math.floor(processorsAllowed(readLimit()))));
}

/** What Linux allows the container that the process may be in. Newer versions of Node ask by themselves. */
function readLimit(): string {
  try {
    return nodeModule("node:fs")?.readFileSync("/sys/fs/cgroup/cpu.max", "utf8") ?? "";
  } catch {
    return ""; // not Linux, or not allowed to ask
  }
}

/**
 * For how many processors there is time.
 *
 * @param limit microseconds in each period, and how long that is; "max" where there is no limit
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function processorsAllowed(limit: string): number {
  const [time, period] = limit.split(" ").map(Number);
  return time / period > 0 ? time / period : Infinity;
}

/** Whether the host has workers that share memory. */
export function hasWorkers(): boolean {
  if (nodeModule("node:worker_threads") !== undefined) return true;
  return host.crossOriginIsolated === true && typeof host.Worker === "function";
}

/**
 * Starts a worker, which keeps no process alive. Node's begins at once; a page's when the page has returned to its event loop.
 *
 * @param data what it gets; memory in it is shared
 * @throws what the host throws where it has no workers, or lets none start
 */
export function startWorker(data: object): StartedWorker {
  const threads = nodeModule("node:worker_threads");
  return threads === undefined ? startInPage(data) : startInNode(threads, data);
}

/** Neither flags nor variables of this process are for the worker: they may have it load what it does not need. */
function startInNode({ Worker }: NodeModules["node:worker_threads"], workerData: object): StartedWorker {
  const worker = new Worker(workerProgram, { eval: true, workerData, execArgv: [], env: {} });
  worker.on("error", () => {}); // it never becomes ready then
  worker.unref();
  return { stop: () => void worker.terminate() };
}

let address: string | undefined;

function startInPage(data: object): StartedWorker {
  address ??= host.URL.createObjectURL(new host.Blob([workerProgram], { type: "text/javascript" }));
  const worker = new host.Worker(address);
  worker.onerror = (event) => event.preventDefault(); // a policy against it: it never becomes ready then
  worker.postMessage(data);
  return { stop: () => worker.terminate() };
}
