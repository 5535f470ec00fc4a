import {
  addbmm,
  addmm,
  addmv,
  addr,
  baddbmm,
  bmm,
  cross,
  dot,
  einsum,
  inner,
  kron,
  matmul,
  mm,
  multiDot,
  mv,
  outer,
  tensordot,
} from "@isograd/autograd";
import { call, type Mapping, same } from "../call.ts";

const scaled = "beta=1 alpha=1";

export const products: Mapping = {
  ...same({ matmul, mm, bmm, mv, dot, inner, outer, kron }),
  vdot: call("input other", ({ input, other }) => dot(input, other)),
  ger: call("input vec2", ({ input, vec2 }) => outer(input, vec2)),
  __rmatmul__: call("input other", ({ input, other }) => matmul(other, input)),
  addmm: call(`input mat1 mat2 ${scaled}`, ({ input, mat1, mat2, ...options }) =>
    addmm(input, mat1, mat2, options),
  ),
  "addmm/decomposed": call(`input mat1 mat2 ${scaled}`, ({ input, mat1, mat2, ...options }) =>
    addmm(input, mat1, mat2, options),
  ),
  addmv: call(`input mat vec ${scaled}`, ({ input, mat, vec, ...options }) =>
    addmv(input, mat, vec, options),
  ),
  addr: call(`input vec1 vec2 ${scaled}`, ({ input, vec1, vec2, ...options }) =>
    addr(input, vec1, vec2, options),
  ),
  addbmm: call(`input batch1 batch2 ${scaled}`, ({ input, batch1, batch2, ...options }) =>
    addbmm(input, batch1, batch2, options),
  ),
  baddbmm: call(`input batch1 batch2 ${scaled}`, ({ input, batch1, batch2, ...options }) =>
    baddbmm(input, batch1, batch2, options),
  ),
  // Without a dim, torch.cross takes the first axis of extent 3.
  cross: call("input other dim=null", ({ input, other, dim }) =>
    cross(input, other, { axis: dim ?? input.shape.indexOf(3) }),
  ),
  "linalg.cross": call("input other dim=-1", ({ input, other, dim }) => cross(input, other, { axis: dim })),
  einsum: call("operands equation", ({ operands, equation }) => einsum(equation, ...operands)),
  tensordot: call("a b dims=2", ({ a, b, dims }) => tensordot(a, b, dims)),
  "linalg.multi_dot": call("tensors", ({ tensors }) => multiDot(tensors)),
  chain_matmul: call("*tensors", ({ tensors }) => multiDot(tensors)),
};
