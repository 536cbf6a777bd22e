package dev.anneal.nn.training;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.LayerChain;
import dev.anneal.nn.layer.Axes;
import dev.anneal.nn.model.Sequential;
import java.util.List;

/** Networks with all that images have: one for each kind of step. */
final class ImageNets {
  static final Axes SHAPE = Axes.of(6, 5, 2);

  static final List<String> LAYERS =
      List.of(
          "conv(6, 3, padding=same), relu, max-pool(2), conv(17, 2), relu",
          "conv(4, 3, stride=2, padding=1), batch-normalization, silu, average-pool(2, 1, same)",
          "conv(6, 2, groups=2), tanh, conv(6, 3, dilation=2, padding=2), global-average-pool",
          "conv(3, 2x3), max-pool(3, 1, same), dropout(0.2), residual([conv(3, 3, padding=same)])",
          "max-pool(5), conv(3, 1)",
          "conv(40, 3), relu, reshape(12x40), conv(3, 5), max-pool(2), layer-normalization");

  private ImageNets() {}

  static Sequential of(String layers) {
    return new Sequential(
        SHAPE.extents(), LayerChain.parse(layers + ", dense(3)", Catalogue.load()).layers());
  }
}
