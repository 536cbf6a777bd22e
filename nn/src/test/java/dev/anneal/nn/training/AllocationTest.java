package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Embedding;
import dev.anneal.nn.layer.LayerNormalization;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regularized;
import dev.anneal.nn.loss.SmoothedCrossEntropy;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.testkit.Allocations;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A step of training (gather, schedules, forward, backward, update) allocates nothing, on any
 * thread. Until the JIT has compiled a kernel its vectors are objects, so the runs go on until they
 * see whole epochs without a byte.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllocationTest {
  private static final int EPOCHS = 100_000;
  private static final Expression Y = new Expression.Operand(1);

  /** Ends a run that has shown what it should. */
  private static final class Shown extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Counts the bytes from each update of an epoch to the next; what ends an epoch may allocate. */
  private static final class Counter implements TrainingListener {
    private static final int EPOCHS_IN_A_ROW = 5;

    private final Allocations allocations = new Allocations();
    private long atFirst;
    private long last;
    private int batches;
    private int clean;

    @Override
    public void batch(Live live) {
      last = allocations.bytes();
      if (batches++ == 0) {
        atFirst = last;
      }
    }

    @Override
    public void epoch(Live live, EpochMetrics metrics) {
      clean = batches > 1 && last == atFirst ? clean + 1 : 0;
      batches = 0;
      if (clean == EPOCHS_IN_A_ROW) {
        throw new Shown();
      }
    }
  }

  private static void check(String model, String optimizer, Samples samples, int batch) {
    Mlp mlp = Mlp.parse(model).withDropout(0.1);
    check(mlp.model(), mlp.loss(), optimizer, samples, batch);
  }

  private static void check(Model model, Loss loss, String optimizer, Samples samples, int batch) {
    try (Workers workers = new Workers(2)) {
      workers.run(2, (_, _) -> {}); // the helper is there to be counted
      Trainer trainer =
          TestData.trainer(model, loss, TestData.groups(optimizer), batch, 1, workers);
      assertThrows(
          Shown.class,
          () ->
              TestData.fit(
                  trainer, samples, Optional.of(samples), EPOCHS, Optional.empty(), new Counter()));
    }
  }

  @Test
  void likeIonosphere() {
    check(
        "34-34-1",
        "sgd(learning_rate=time-based(initial=0.1, decay=0.002) per iteration, momentum=0.8)",
        TestData.clouds(235, 34, 2),
        28);
  }

  /** Every kind of step that those two lack. */
  @Test
  void tablesSlicesAndNormalization() {
    Model model =
        Model.of(
            20,
            (scope, x) -> {
              Graph g = scope.graph();
              Node looked = scope.apply(new Embedding(12, 8), g.rowArgMax(g.slice(x, 0, 12)));
              Node both = g.concatenate(looked, scope.apply(new BatchNormalization(), x));
              Node narrow = scope.apply(new Dense(16), both);
              Node inner = scope.apply(Residual.of(new LayerNormalization()), narrow);
              Node w = scope.weights("square", 16, 16, Initializer.GLOROT_UNIFORM);
              Node symmetric = g.add(w, g.transpose(g.reshape(g.reshape(w, 4), 16)));
              Node mixed = g.product(inner, symmetric);
              Node scaled = g.multiply(mixed, g.elementwise(Y.tanh(), mixed, g.rowMax(mixed)));
              return scope.apply(new Dense(3), scaled);
            });
    Loss loss =
        new Regularized(
            new SmoothedCrossEntropy(0.1, List.of(1.0, 2.0, 1.0)), "square", 1e-5, 1e-5);
    check(model, loss, "sgd(learning_rate=0.001)", TestData.clouds(100, 20, 3), 32);
  }

  /** All kinds of step on images. */
  @Test
  void images() {
    for (String layers : ImageNets.LAYERS) {
      Model model = ImageNets.of(layers);
      check(
          model,
          CrossEntropy.SPARSE_CATEGORICAL,
          "sgd(0.001)",
          TestData.clouds(100, model.features(), 3),
          32);
    }
  }

  @Test
  void likeFashionMnist() {
    check("784-64-10", "adam(0.0001)", TestData.clouds(640, 784, 10), 64);
  }

  /** Groups that change within each epoch, once both plans are there. */
  @Test
  void withGroups() {
    check(
        "34-16-1",
        "adam(0.001); dense_1: lr=cosine(0.01, over=3it) per iteration trained=repeat(sequence([0,"
            + " 1], boundaries=[3it]), every=5it)",
        TestData.clouds(235, 34, 2),
        28);
  }

  @Test
  void withARuleThatKeepsAScalar() {
    check("34-34-1", "nadam", TestData.clouds(235, 34, 2), 28);
  }
}
