import { Generator, matmul, rand, setThreads, sum, threads } from "@isograd/autograd";

/** Milliseconds within which a worker starts and takes work over, on a machine that is busy. */
const patience = 15_000;

/**
 * A product that is large enough for several threads, and whether they took part.
 *
 * @param mayStart whether workers can start here, so that it is worth while to wait for them
 */
export async function threadedProduct(
  mayStart: boolean,
): Promise<{ readonly values: readonly number[]; readonly helped: boolean }> {
  setThreads(2);
  const generator = new Generator("product");
  const [a, b] = [rand(generator, [128, 160], -1, 1, "f64"), rand(generator, [160, 130], -1, 1, "f64")];
  const end = performance.now() + patience;
  let product = matmul(a, b);
  for (let round = 0; round < 50 || (mayStart && performance.now() < end); round++) {
    if (threads().pieces > 0) break;
    if (round % 50 === 49) await new Promise((go) => setTimeout(go, 1)); // a page starts workers when it has nothing else to do
    product = matmul(a, b);
  }
  return { values: [...sum(product, { axis: 0 }).values()], helped: threads().pieces > 0 };
}
