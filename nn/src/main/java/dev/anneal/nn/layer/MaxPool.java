package dev.anneal.nn.layer;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * The largest number of what a window sees, channel by channel. Padding is not seen, and of equal
 * ones the first gets the gradient.
 *
 * @param size rows and columns of the window; one number for both
 * @param stride pixels from one position to the next, down and across; the size where it is {@link
 *     Stride#SIZE}
 * @param padding how far the window goes beyond the images
 */
@Plugin(name = "max-pool", summary = "the largest number of each channel in windows")
public record MaxPool(
    @Param("rows and columns of the window: 2, or 2x3") Axes size,
    @Param(value = "pixels from one position to the next: size, or 2", byDefault = "size")
        Stride stride,
    @Param(value = "how far it goes beyond: valid, same, or a number", byDefault = "valid")
        Padding padding)
    implements Layer {
  /**
   * Windows side by side.
   *
   * @param size rows and columns of the window, at least 1
   */
  public MaxPool(int size) {
    this(Axes.of(size), Stride.SIZE, Padding.VALID);
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return Images.pooled(scope.graph(), input, size, stride, padding, Op.PoolKind.MAX);
  }

  @Override
  public String kind() {
    return "max_pool";
  }
}
