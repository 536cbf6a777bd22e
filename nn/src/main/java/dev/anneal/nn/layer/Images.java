package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Shape;
import java.util.List;

/**
 * What layers make of images: rows, columns and channels; or of sequences, which are images of one
 * row.
 *
 * @param height rows
 * @param width columns
 * @param channels numbers of a pixel
 * @param sequence whether there is no axis of rows
 */
record Images(int height, int width, int channels, boolean sequence) {
  static Images of(Node input) {
    List<Integer> axes = input.shape().axes();
    return switch (axes.size()) {
      case 3 -> new Images(axes.get(0), axes.get(1), axes.get(2), false);
      case 2 -> new Images(1, axes.get(0), axes.get(1), true);
      default ->
          throw new InputException(
              "it takes images, [batch x rows x columns x channels], or sequences, [batch x steps x channels], not %s; reshape(28x28x1) makes images of rows of 784"
                  .formatted(input.shape()));
    };
  }

  /** A window over them. */
  Geometry geometry(
      Axes size, Axes stride, Padding padding, int dilation, int filters, int groups) {
    int rows = down(size);
    int columns = across(size);
    int down = sequence ? 1 : down(stride);
    int across = across(stride);
    int reachDown = dilation * (rows - 1) + 1;
    int reachAcross = dilation * (columns - 1) + 1;
    return new Geometry(
        height,
        width,
        channels,
        filters,
        groups,
        new Window(
            rows,
            columns,
            down,
            across,
            dilation,
            sequence ? 0 : padding.before(height, reachDown, down),
            sequence ? 0 : padding.after(height, reachDown, down),
            padding.before(width, reachAcross, across),
            padding.after(width, reachAcross, across)));
  }

  /** A number for each channel of what a window sees. */
  static Node pooled(
      Graph graph, Node input, Axes size, Stride stride, Padding padding, Op.PoolKind kind) {
    Images images = of(input);
    Geometry geometry = images.geometry(size, stride.or(size), padding, 1, images.channels, 1);
    Window window = geometry.window();
    if (window.top() >= window.height() || window.left() >= window.width()) {
      throw new InputException(
          "a window of %s and a padding of %s would see nothing of an image at its corner"
              .formatted(size, padding));
    }
    return images.formed(graph, graph.pool(input, geometry, kind));
  }

  private int down(Axes axes) {
    check(axes);
    return sequence ? 1 : axes.extents().getFirst();
  }

  private int across(Axes axes) {
    check(axes);
    return axes.extents().getLast();
  }

  private void check(Axes axes) {
    if (axes.extents().size() > (sequence ? 1 : 2)) {
      throw new InputException(
          "a window over %s has %s, not %s"
              .formatted(
                  sequence ? "sequences" : "images",
                  sequence ? "one extent" : "one or two extents",
                  axes));
    }
  }

  /** A result in the form that the images have. */
  Node formed(Graph graph, Node result) {
    List<Integer> axes = result.shape().axes();
    return sequence ? graph.withAxes(result, axes.subList(1, axes.size())) : result;
  }

  /** Pixels and channels, as two axes. */
  static Node pixels(Graph graph, Node input) {
    Shape shape = input.shape();
    int channels = shape.axes().getLast();
    return graph.withAxes(input, List.of(shape.columns() / channels, channels));
  }
}
