import { trainConvolution, trainPerceptron } from "./networks.ts";
import type { Means, Outcome, Series } from "./outcome.ts";
import { threadedProduct } from "./threads.ts";
import { anomaly, checkpointedGradient, perExampleGradients } from "./transforms.ts";

/** Some thousand times the rounding of each precision: steps of training carry it on. */
const [single, double] = [1e-4, 1e-13];

const rounded = (values: readonly number[], bound: number): Series => ({ values, bound, exact: false });
const exact = (values: readonly number[]): Series => ({ values, bound: double, exact: true });

/** All that a page and Node are to agree on. */
export async function run(): Promise<Outcome> {
  const host = hostMeans();
  const product = await threadedProduct(host.isolated && host.webAssembly);
  const [perceptron, convolution] = [trainPerceptron(), trainConvolution()];
  return {
    means: { ...host, threads: product.helped },
    series: {
      "columns of a product by two threads": exact(product.values),
      "losses of the perceptron": rounded(perceptron.losses, single),
      "parameters of the perceptron": rounded(perceptron.parameters, single),
      "losses of the convolution": exact(convolution.losses),
      "parameters of the convolution": exact(convolution.parameters),
      "gradients of vmap(grad)": exact(perExampleGradients()),
      "gradient of a checkpoint": rounded(checkpointedGradient(), double),
    },
    anomaly: anomaly(),
  };
}

function hostMeans(): Omit<Means, "threads"> {
  const { crossOriginIsolated: isolated = true } = globalThis as { crossOriginIsolated?: boolean }; // Node needs none
  return { isolated, evaluates: succeeds(() => new Function("")), webAssembly: succeeds(emptyModule) };
}

function emptyModule(): object {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { Module: new (bytes: Uint8Array) => object };
  };
  return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
