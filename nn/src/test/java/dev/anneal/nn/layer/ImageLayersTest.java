package dev.anneal.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.LayerChain;
import dev.anneal.nn.check.GradientCheck;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.plan.ParameterStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLayersTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static List<Layer> layers(String text) {
    return LayerChain.parse(text, CATALOGUE).layers();
  }

  private static Model model(String shape, String text) {
    return new Sequential(Axes.parse(shape).extents(), layers(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "28x28x1 | conv(32, 3)                            | 26x26x32",
        "28x28x1 | conv(6, 5, padding=same)               | 28x28x6",
        "28x28x1 | conv(6, 5, stride=2, padding=same)     | 14x14x6",
        "28x29x1 | conv(6, 3x5, stride=2x3, padding=2)    | 15x10x6",
        "9x9x4   | conv(8, 3, dilation=2, groups=2)       | 5x5x8",
        "100x3   | conv(8, 5)                             | 96x8",
        "100x3   | conv(8, 5, stride=2, padding=same)     | 50x8",
        "28x28x6 | max-pool(2)                            | 14x14x6",
        "27x27x6 | max-pool(2)                            | 13x13x6",
        "27x27x6 | max-pool(2, padding=same)              | 14x14x6",
        "27x27x6 | average-pool(3, stride=2)              | 13x13x6",
        "30x6    | max-pool(3)                            | 10x6",
        "7x5x6   | global-average-pool                    | 6",
        "7x5x6   | flatten                                | 210",
        "784     | reshape(28x28x1), conv(2, 3), flatten  | 1352",
      })
  void shapes(String shape, String text, String outputs) {
    Scope scope = new Scope(new Graph(), "", true);
    Node node = scope.graph().features(Axes.parse(shape).extents());
    for (Layer layer : layers(text)) {
      node = scope.apply(layer, node);
    }
    assertEquals(outputs, new Axes(node.shape().axes()).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(3, 3)",
        "conv(3, 3, stride=2, padding=same)",
        "conv(2, 2x3, stride=1x2, padding=1), silu, conv(4, 2)",
        "conv(4, 2, dilation=2, groups=2, padding=1)",
        "conv(4, 2), average-pool(2)",
        "conv(4, 2), max-pool(2)",
        "conv(4, 2), max-pool(3, stride=1, padding=same)",
        "conv(4, 2), average-pool(3, stride=2, padding=same)",
        "conv(4, 2), batch-normalization, silu, global-average-pool",
        "max-pool(5), conv(4, 1)",
        "conv(4, 2), layer-normalization",
        "residual([conv(2, 3, padding=same), tanh])",
      })
  void gradients(String text) {
    Model model = model("5x6x2", text + ", flatten, dense(3), softmax");
    GradientCheck.Result result = GradientCheck.of(model, CrossEntropy.SPARSE_CATEGORICAL, 1);
    assertTrue(result.worst() <= 1e-7, result::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv(32, 3)  | conv(filters=32, size=3, stride=1, padding=valid, dilation=1, groups=1,"
            + " kernel=glorot-uniform, bias=zeros)",
        "conv(8, 3x5, 2, same) | conv(filters=8, size=3x5, stride=2, padding=same, dilation=1,"
            + " groups=1, kernel=glorot-uniform, bias=zeros)",
        "max-pool(2)         | max-pool(size=2, stride=size, padding=valid)",
        "average-pool(3, 2x1, 1) | average-pool(size=3, stride=2x1, padding=1)",
        "reshape(28x28x1)    | reshape(axes=28x28x1)",
      })
  void notation(String text, String printed) {
    LayerChain chain = LayerChain.parse(text, CATALOGUE);
    assertEquals(printed, chain.print());
    assertEquals(chain, LayerChain.parse(printed, CATALOGUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "784     | conv(32, 3)             | reshape(28x28x1)",
        "5x5x1   | conv(32, 7)             | does not fit into images of 5 x 5",
        "5x5x3   | conv(32, 3, groups=2)   | 2 groups do not divide 3 channels",
        "9x3     | conv(32, 3x3)           | a window over sequences has one extent",
        "9x9x3   | conv(32, 3x3x3)         | one or two extents",
        "9x9x3   | reshape(9x9)            | 9x9 has 81 numbers, and a sample 243",
        "9x9x3   | conv(2000000000, 3)     | a result would have",
        "9x9x3   | conv(3, 3, padding=2000000) | a result would have",
        "9x9x3   | max-pool(2, 2, 3)       | a padding of 3 would see nothing",
        "9x3     | average-pool(2, 2, 2)   | a padding of 2 would see nothing",
        "9x9x3   | residual([conv(4, 3)])  | cannot be added",
      })
  void wrongWirings(String shape, String text, String message) {
    Model model = model(shape, text);
    InputException error = assertThrows(InputException.class, model::parameters);
    assertTrue(error.getMessage().contains(message), error::getMessage);
    assertTrue(error.getMessage().contains("_1, on [batch"), error::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv(0, 3)           | filters must be in [1, inf), not 0",
        "conv(4, 3y)          | is no size",
        "conv(4, 3, padding=most) | is no padding",
        "conv(4, 3, padding=-2)   | at least 0",
        "max-pool(2, 2, 0, 1) | takes no more than size, stride, padding",
      })
  void wrongParameters(String text, String message) {
    InputException error = assertThrows(InputException.class, () -> layers(text));
    assertTrue(error.getMessage().contains(message), error::getMessage);
  }

  /** Of an odd number the larger half is behind, as in TensorFlow. */
  @ParameterizedTest
  @CsvSource({
    "same,5,2,1, 0,1",
    "same,5,3,1, 1,1",
    "same,28,5,2, 1,2",
    "same,7,1,2, 0,0",
    "2,7,3,1, 2,2"
  })
  void paddings(String text, int extent, int reach, int stride, int before, int after) {
    Padding padding = Padding.parse(text);
    assertEquals(before, padding.before(extent, reach, stride));
    assertEquals(after, padding.after(extent, reach, stride));
  }

  @Test
  void theSummaryHasShapes() {
    assertEquals(
        """
        layer             outputs      weights
        conv_1            8x8x100        2,800
        max_pool_1        4x4x100            0
        flatten_1            1600            0
        total                            2,800  (11,200 bytes)\
        """,
        model("8x8x3", "conv(100, 3, padding=same), max-pool(2), flatten").summary());
  }

  /** As Keras has it: the fans of a filter are those of all places of its window. */
  @Test
  void glorotCountsThePlacesOfTheWindow() {
    var parameter = model("8x8x3", "conv(10, 5)").parameters().getFirst();
    assertEquals(
        List.of(75, 10, 25), List.of(parameter.rows(), parameter.columns(), parameter.taps()));
    ParameterStore store = ParameterStore.of(List.of(parameter), List.of(), new RandomStream(1));
    double largest = 0;
    for (float weight : store.copy()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    double limit = Math.sqrt(6.0 / (75 + 250));
    assertTrue(largest <= limit && largest > 0.98 * limit, largest + " of " + limit);
  }
}
