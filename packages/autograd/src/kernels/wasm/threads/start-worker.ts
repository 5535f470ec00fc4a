import { workerProgram } from "./worker-program.ts";

/** A thread of the host. */
export interface StartedWorker {
  stop(): void;
}

/** The parts of Node that are used, typed here because browsers lack them; asked for by name, so that bundlers for pages look for nothing. */
interface NodeModules {
  "node:worker_threads": { readonly Worker: new (program: string, options: object) => NodeWorker };
  "node:os": { availableParallelism(): number };
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

/** How many threads the machine runs at once; 1 where it does not say. */
export function concurrency(): number {
  return nodeModule("node:os")?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
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
