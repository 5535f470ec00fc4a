import {
  ArgumentError,
  add,
  concat,
  diagonal,
  div,
  eye,
  flatten,
  ge,
  matmul,
  matrixExp,
  mul,
  narrow,
  noGrad,
  parameter,
  qr,
  reshape,
  type Shape,
  solve,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
  tril,
  where,
  zeros,
} from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { Parametrization, parametrize } from "../module/parametrization.ts";

/** Orthonormal columns [n, k] from the part of a matrix [n, k] below its diagonal; what zeros give, `sign` brings to the identity. */
interface OrthogonalMap {
  readonly sign: 1 | -1;
  columns(free: Tensor): Tensor;
}

const maps = {
  /** exp(S) of a skew-symmetric S. */
  matrixExp: { sign: 1, columns: (free) => firstColumns(matrixExp(skew(free)), free) },
  /** (I - S/2)⁻¹ (I + S/2) of a skew-symmetric S. */
  cayley: {
    sign: 1,
    columns: (free) => {
      const half = mul(0.5, skew(free));
      const one = eye(half.shape[0], half.dtype);
      return firstColumns(solve(sub(one, half), add(one, half)), free);
    },
  },
  /** A product of k reflections. */
  householder: { sign: -1, columns: reflected },
} as const satisfies Readonly<Record<string, OrthogonalMap>>;

export interface OrthogonalOptions {
  /** Which tensor of the layer; default `weight`. */
  readonly name?: string;
  /** How free numbers become an orthogonal matrix. Default: matrixExp for square matrices, householder for others. */
  readonly map?: keyof typeof maps;
}

/**
 * A tensor with orthonormal rows, or columns where there are fewer of them.
 *
 * @example
 * new Orthogonal(tensor([[3, 0], [0, 2]])).call(); // [[1.0000, 0.0000], [0.0000, 1.0000]]
 */
export class Orthogonal extends Parametrization {
  /** [n, k], n the longer side; what lies below its diagonal is learnt. */
  readonly free: Tensor;
  /** [n, n] orthogonal: from where `free` turns. */
  readonly base: Tensor;
  readonly shape: Shape;
  readonly map: keyof typeof maps;

  constructor(value: Tensor, map?: keyof typeof maps) {
    super();
    if (value.rank < 2)
      throw new ArgumentError("orthogonalWeight", "expected a tensor of rank 2 or more", value.rank);
    const [rows, columns] = flatten(value, 1).shape;
    this.shape = value.shape;
    this.map = map ?? (rows === columns ? "matrixExp" : "householder");
    if (!Object.hasOwn(maps, this.map)) {
      const rule = `expected map to be one of ${Object.keys(maps).join(", ")}`;
      throw new ArgumentError("orthogonalWeight", rule, map);
    }
    this.base = this.basisOf(value);
    const size = [Math.max(rows, columns), Math.min(rows, columns)];
    this.free = parameter(zeros(size, value.dtype));
  }

  forward(): Tensor {
    const columns = matmul(this.base, maps[this.map].columns(this.free));
    return reshape(this.isWide ? transpose(columns) : columns, this.shape);
  }

  assign(value: Tensor): void {
    this.base.assign(this.basisOf(value));
    this.free.assign(zeros(this.free.shape, this.free.dtype));
  }

  private get isWide(): boolean {
    return this.shape[0] < this.shape.slice(1).reduce((product, extent) => product * extent, 1);
  }

  /** The orthogonal factor of a value, and columns that complete it. */
  private basisOf(value: Tensor): Tensor {
    return noGrad(() => {
      const matrix = flatten(value.detach(), 1);
      const tall = this.isWide ? transpose(matrix) : matrix;
      const [n, k] = tall.shape;
      const [q, r] = qr(tall, { complete: true });
      const signs = where(ge(diagonal(r), 0), maps[this.map].sign, -maps[this.map].sign);
      return concat([mul(narrow(q, 1, 0, k), signs), narrow(q, 1, k, n - k)], 1);
    });
  }
}

const firstColumns = (square: Tensor, { shape }: Tensor): Tensor => narrow(square, 1, 0, shape[1]);

/** What lies below the diagonal of [n, k], against its transpose: [n, n]. */
function skew(free: Tensor): Tensor {
  const [n, k] = free.shape;
  const lower = concat([tril(free, -1), zeros([n, n - k], free.dtype)], 1);
  return sub(lower, transpose(lower));
}

/** The first columns of (I - τ₁ v₁ v₁ᵀ) ... (I - τₖ vₖ vₖᵀ), where vⱼ is 1 at j, free below, and τ = 2/‖v‖². */
function reflected(free: Tensor): Tensor {
  const [n, k] = free.shape;
  const unit = narrow(eye(n, free.dtype), 1, 0, k);
  const vectors = add(tril(free, -1), unit);
  const factors = div(2, sum(square(vectors), { axis: 0, keepDims: true }));
  let columns: Tensor = unit;
  for (let j = k - 1; j >= 0; j--) {
    const vector = narrow(vectors, 1, j, 1);
    const along = matmul(transpose(vector), columns);
    columns = sub(columns, matmul(mul(vector, narrow(factors, 1, j, 1)), along));
  }
  return columns;
}

/**
 * Keeps the weight of a layer orthogonal: rows orthonormal, or columns where there are fewer, whatever the steps.
 *
 * The weight begins as the orthogonal factor of what it was: as it was, if it was orthogonal. Axes behind the first count as one. Undone
 * by `removeParametrization`. Apply it before an optimizer takes the parameters.
 *
 * @returns the layer
 * @throws ArgumentError unless the layer has a parameter of that name with two axes or more, or for a map that there is none of
 * @see Lezcano-Casado, Martínez-Rubio 2019, "Cheap orthogonal constraints in neural networks"; torch.nn.utils.parametrizations.orthogonal
 * @example
 * const layer = orthogonalWeight(new Linear({ inFeatures: 5, outFeatures: 2 }), { map: "cayley" });
 * matmul(layer.weight, transpose(layer.weight)); // [[1.0000, 0.0000], [0.0000, 1.0000]]
 */
export function orthogonalWeight<L extends AnyModule>(
  layer: L,
  { name = "weight", map }: OrthogonalOptions = {},
): L {
  parametrize(layer, name, (value) => new Orthogonal(value, map));
  return layer;
}
