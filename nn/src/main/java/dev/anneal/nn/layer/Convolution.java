package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.core.window.Geometry;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Filters that move over images, or over sequences: each gives a number for what it sees at a
 * position, a weighted sum plus a bias. As everywhere in deep learning the weights are not turned
 * around.
 *
 * <p>Images are [batch x rows x columns x channels], the weights a row for each number that a
 * filter sees (row of the window, column, channel) and a column for each filter.
 *
 * @param filters how many, at least 1
 * @param size rows and columns that a filter sees; one number for both
 * @param stride pixels from one position to the next, down and across
 * @param padding zeros around the images
 * @param dilation pixels from one row or column of the filter to the next, at least 1
 * @param groups parts of the channels, each seen by as many of the filters and by no others
 * @param kernel where the weights start
 * @param bias where the biases start
 */
@Plugin(name = "conv", summary = "filters that move over images or sequences")
public record Convolution(
    @Param(value = "how many filters", range = "[1, inf)") int filters,
    @Param("rows and columns that a filter sees: 3, or 3x5") Axes size,
    @Param(value = "pixels from one position to the next, down and across", byDefault = "1")
        Axes stride,
    @Param(value = "zeros around: valid for none, same, or a number", byDefault = "valid")
        Padding padding,
    @Param(value = "pixels between rows of a filter", byDefault = "1", range = "[1, inf)")
        int dilation,
    @Param(
            value = "parts of the channels, each seen by filters of its own",
            byDefault = "1",
            range = "[1, inf)")
        int groups,
    @Param(value = "where the weights start", byDefault = "glorot-uniform") Initializer kernel,
    @Param(value = "where the biases start", byDefault = "zeros") Initializer bias)
    implements Layer {
  /** Checks the numbers. */
  public Convolution {
    if (filters < 1 || dilation < 1 || groups < 1) {
      throw new InputException(
          "conv: filters, dilation and groups are at least 1, not %d, %d and %d"
              .formatted(filters, dilation, groups));
    }
  }

  /**
   * Filters that stay within the image and move by one pixel; they start as Keras's do.
   *
   * @param filters how many, at least 1
   * @param size rows and columns that a filter sees, at least 1
   */
  public Convolution(int filters, int size) {
    this(filters, size, Padding.VALID);
  }

  /**
   * Filters that move by one pixel; they start as Keras's do.
   *
   * @param filters how many, at least 1
   * @param size rows and columns that a filter sees, at least 1
   * @param padding zeros around the images
   */
  public Convolution(int filters, int size, Padding padding) {
    this(
        filters,
        Axes.of(size),
        Axes.of(1),
        padding,
        1,
        1,
        Initializer.GLOROT_UNIFORM,
        Initializer.ZEROS);
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Graph graph = scope.graph();
    Images images = Images.of(input);
    Geometry geometry = images.geometry(size, stride, padding, dilation, filters, groups);
    Node w = scope.filters("kernel", geometry, kernel);
    Node b = scope.weights("bias", 1, filters, bias);
    return images.formed(graph, graph.add(graph.convolution(input, w, geometry), b));
  }

  @Override
  public String kind() {
    return "conv";
  }
}
