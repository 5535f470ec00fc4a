/** What networks of a candidate promise before they are trained, predicted or measured. NaN: not known. */
export interface Outlook {
  /** log of the gradient norm at the first layer over that at the last. */
  readonly attenuation: number;
  /** The deviation of that over draws of the weights. */
  readonly spread: number;
  /** What is left of the differences between examples behind the last hidden layer: 0 where it shows all alike, 1 where none of it was lost. */
  readonly distinct: number;
  /** The deviation, over examples, of the logarithm of how large the last hidden layer shows them: what is far out in the inputs outweighs the rest. */
  readonly unevenness: number;
  /** The largest share of a layer's units that lie where the slope is below a tenth of the largest. */
  readonly saturated: number;
  /** Share of what the last hidden layer shows that a straight line through the inputs would show as well. */
  readonly straight: number;
}
