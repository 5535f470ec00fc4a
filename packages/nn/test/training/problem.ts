import { Generator, matmul, randn, tensor } from "@isograd/autograd";
import { batches, Linear, mseLoss, Sequential, SGD, setSeed } from "@isograd/nn";

/** 24 rows of a linear function of two numbers. */
export function problem() {
  setSeed(1);
  const inputs = randn(new Generator(1), [24, 2]);
  const targets = matmul(inputs, tensor([[2], [-1]]));
  const model = new Sequential([new Linear({ inFeatures: 2, outFeatures: 1 })]);
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const data = batches({ inputs, targets }, { batchSize: 8, shuffle: true });
  return { model, optimizer, data, loss: mseLoss };
}
