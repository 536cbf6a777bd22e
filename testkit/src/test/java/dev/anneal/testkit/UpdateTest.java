package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.testkit.UpdateProgramTest.Described;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateTest {
  private static final Slot PAIRS = new Slot("pairs", Granularity.COLUMN_PAIR, 0);

  /** Adds up the products of the columns of a matrix. */
  private record Gram() implements MatrixFunction {
    @Override
    public List<Granularity> results() {
      return List.of(Granularity.COLUMN_PAIR);
    }

    @Override
    public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
      DenseMatrix product = inputs.getFirst().like(3, 3);
      Runnable multiply = product.product(inputs.getFirst(), true, inputs.getFirst(), false);
      return () -> {
        multiply.run();
        results.getFirst().sum(1, inputs.getLast(), 1, product);
      };
    }
  }

  private final Matrix weights = Matrix.zeros(2, 3, Layout.PANELS);
  private final Matrix gradient = Matrix.zeros(2, 3, Layout.PANELS);

  private Update start() {
    Optimizer optimizer =
        new Described(step -> {
          List<Expression> inputs = List.of(step.gradient(), step.slot(PAIRS));
          step.set(PAIRS, step.matrices(new Gram(), inputs, List.of()).getFirst());
          step.setWeight(step.weight());
        });
    return new Update(
        optimizer, List.of(weights), new RandomStream(1), Width.SCALAR, new Workers(1));
  }

  private void step(Update update) {
    update.prepare(new double[] {2, 1});
    update.separate(0, Map.of(0, gradient), () -> 0).run();
  }

  /** Elementwise or not: read as they are, and as 1 sample in a run that goes on if left out. */
  @Test
  void aStepKnowsItsSamplesAndWhetherItIsTheLast() {
    Expression zero = Expression.of(0);
    for (boolean sums : new boolean[] {false, true}) {
      Optimizer optimizer =
          new Described(step -> {
            Expression of = sums ? step.sum(Granularity.PARAMETER, step.gradient()) : zero;
            step.setWeight(step.samples().plus(step.last().times(100)).plus(of));
          });
      Update update =
          new Update(
              optimizer, List.of(weights), new RandomStream(1), Width.SCALAR, new Workers(1));
      Runnable run = update.separate(0, Map.of(0, gradient), () -> 0);
      update.prepare(new double[] {2, 1});
      run.run();
      assertEquals(1, weights.get()[0]);
      update.prepare(new double[] {2, 2, 64, 0});
      run.run();
      assertEquals(64, weights.get()[0]);
      update.prepare(new double[] {2, 3, 7, 1});
      run.run();
      assertEquals(107, weights.get()[0]);
    }
  }

  private static float[] pairs(Update update) {
    return update.save().getFirst().arrays().get("pairs");
  }

  /** Rows lie apart in memory; what is kept has no gaps. */
  @Test
  void slotsOfPairsAreKeptRowByRow() {
    gradient.set(new float[] {1, 2, 3, 4, 5, 6}, 0);
    Update update = start();
    step(update);
    float[] expected = {17, 22, 27, 22, 29, 36, 27, 36, 45};
    assertArrayEquals(expected, pairs(update));
    Update resumed = start();
    resumed.restore(update.save(), 1);
    assertArrayEquals(expected, pairs(resumed));
    step(resumed);
    assertArrayEquals(new float[] {34, 44, 54, 44, 58, 72, 54, 72, 90}, pairs(resumed));
  }
}
