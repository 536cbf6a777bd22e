package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.data.RealSamples;
import dev.anneal.nn.check.GradientCheck;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Huber;
import dev.anneal.nn.loss.WeightedLosses;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples of docs/LAYERS.md. */
class LayersGuideTest {

  // GUIDE: a layer
  /** A gate for each column: x · sigmoid(x W + b). */
  record Gate() implements Layer {
    @Override
    public Node forward(Scope scope, Node input) {
      Graph graph = scope.graph();
      int columns = input.shape().columns();
      Node w = scope.weights("kernel", columns, columns, Initializer.GLOROT_UNIFORM);
      Node b = scope.weights("bias", 1, columns, Initializer.ZEROS);
      Expression x = new Expression.Operand(0);
      Expression gate = new Expression.Operand(1);
      return graph.elementwise(
          x.times(gate.sigmoid()), input, graph.add(graph.product(input, w), b));
    }

    @Override
    public String kind() {
      return "gate";
    }
  }

  // GUIDE: end

  @Test
  void theLayerIsRight() {
    // GUIDE: its test
    assertTrue(GradientCheck.of(new Gate(), 4, 1).worst() <= 1e-7);
    // GUIDE: end
  }

  @Test
  void theModelTrains() {
    // GUIDE: a model
    Model model =
        Model.of(
            20,
            (scope, features) -> {
              Graph graph = scope.graph();
              Node left = scope.apply(new Dense(16), graph.slice(features, 0, 8));
              Node right = scope.apply(new Dense(16), graph.slice(features, 8, 20));
              Node both = scope.apply(new Gate(), graph.concatenate(left, right));
              Node kind = scope.apply(Activation.SOFTMAX, scope.apply(new Dense(3), both));
              return graph.concatenate(kind, scope.apply(new Dense(1), both));
            });
    Loss loss =
        WeightedLosses.of(
            new WeightedLosses.Head(3, CrossEntropy.SPARSE_CATEGORICAL, 1),
            new WeightedLosses.Head(1, new Huber(1), 0.5));
    // GUIDE: end
    Random random = new Random(1);
    float[][] rows = new float[64][20];
    float[][] labels = new float[64][2];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < 20; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      labels[i] = new float[] {rows[i][0] > 0.4 ? 2 : rows[i][0] < -0.4 ? 0 : 1, rows[i][12]};
    }
    try (Trainer trainer =
        Training.of(model, loss, TestData.optimizer("adam(0.01)"))
            .batch(16)
            .epochs(60)
            .seed(1)
            .fit(RealSamples.of(rows, labels))) {
      History history = trainer.history();
      assertTrue(
          history.last().value("loss") < 0.3 * history.rows().getFirst().value("loss"),
          () -> history.rows().toString());
    }
    assertTrue(GradientCheck.of(model, loss, 1).worst() <= 1e-7);
  }

  @Test
  void theGuideHasTheseVeryLines() throws IOException {
    String name = LayersGuideTest.class.getName().replace('.', '/');
    String here = Files.readString(Path.of("src/test/java/" + name + ".java"));
    String guide = Files.readString(Path.of("../docs/LAYERS.md"));
    String[] parts = here.split("// GUIDE: ");
    int found = 0;
    for (int i = 1; i < parts.length - 1; i++) {
      if (!parts[i].startsWith("end")) {
        String code = parts[i].substring(parts[i].indexOf('\n')).stripIndent().strip();
        assertTrue(guide.contains(code), "docs/LAYERS.md lacks:\n" + code);
        found++;
      }
    }
    assertEquals(3, found);
  }
}
