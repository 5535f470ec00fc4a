import { Tensor } from "@isograd/autograd";

/** Transposes of weights, one for each, as views that nobody observes being made. */
export class Transposes {
  readonly #views = new WeakMap<Tensor, Tensor>();

  of(weight: Tensor): Tensor {
    let view = this.#views.get(weight);
    // An optimizer's step may have bound the leaf to other numbers.
    if (view === undefined || view.data !== weight.data || view.offset !== weight.offset) {
      const { data, dtype, offset } = weight;
      view = new Tensor(data, exchanged(weight.shape), dtype, exchanged(weight.strides), offset);
      this.#views.set(weight, view);
    }
    return view;
  }
}

function exchanged(axes: readonly number[]): number[] {
  return [...axes.slice(0, -2), axes[axes.length - 1], axes[axes.length - 2]];
}
