package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Samples SAMPLES = TestData.clouds(60, 6, 3);
  private static final Mlp MLP = Mlp.parse("6-20-10-3").withDropout(0.2);
  private static final Model MODEL = MLP.model();

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private Trainer trainer(Groups groups, int batch) {
    return TestData.trainer(MODEL, MLP.loss(), groups, batch, 3, workers);
  }

  private static History fit(Trainer trainer, int epochs) {
    return fit(trainer, epochs, true);
  }

  private static History fit(Trainer trainer, int epochs, boolean diagnosed) {
    return trainer
        .session(
            SAMPLES,
            new SessionOptions(
                epochs,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                diagnosed,
                Guard.STOP,
                TrainingListener.NONE))
        .run();
  }

  @Test
  void itChangesNoBit() {
    Trainer plain = trainer(TestData.groups("adam(0.01); dense_2: lr=0.1"), 16);
    Trainer watched = trainer(TestData.groups("adam(0.01); dense_2: lr=0.1"), 16);
    History without = fit(plain, 3, false);
    History with = fit(watched, 3);
    assertArrayEquals(plain.weights(), watched.weights());
    assertTrue(Double.isNaN(without.last().value("dense_1/gradient_norm")));
    assertTrue(with.last().value("dense_1/gradient_norm") > 0);
  }

  /** The gradient of the only batch of the first epoch, computed by a plan of its own. */
  @Test
  void theNumbersOfALayerAreThoseOfItsWeights() {
    double rate = 0.25;
    Trainer trainer = trainer(TestData.groups("sgd(0.25)"), SAMPLES.size());
    EpochMetrics metrics = fit(trainer, 1).last();
    RandomStream random = new RandomStream(3);
    Program program = MODEL.training(MLP.loss());
    ParameterStore store =
        ParameterStore.of(
            MODEL.parameters(), List.of(program, MODEL.evaluation(MLP.loss())), random.child(0));
    Plan plan =
        new Plan(
            program,
            store,
            Inputs.of(program, 6, SAMPLES.size()),
            random.child(2),
            Width.preferred(),
            workers,
            List.of(),
            0,
            false);
    int[] order = new int[SAMPLES.size()];
    random.child(1).permute(0, order);
    DataLoader loader = new DataLoader(plan.inputs(), SAMPLES.size(), workers, SAMPLES, order);
    plan.run(loader.advance(), Progress.at(0, 1, 1));
    for (Model.LayerInfo layer : MODEL.layerInfos()) {
      if (layer.parameters().isEmpty()) {
        continue;
      }
      double gradient = 0;
      double weights = 0;
      for (Parameter parameter : layer.parameters()) {
        gradient += squares(plan.gradient(parameter));
        weights += squares(store.matrix(parameter).get());
      }
      String name = layer.name();
      double norm = Math.sqrt(gradient);
      assertEquals(norm, metrics.value(name + "/gradient_norm"), 1e-12 * norm);
      assertEquals(rate, metrics.value(name + "/effective_rate"), 1e-5);
      double ratio = rate * norm / Math.sqrt(weights);
      assertEquals(ratio, metrics.value(name + "/update_ratio"), 1e-5 * ratio);
    }
  }

  private static double squares(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return sum;
  }

  @Test
  void groupsHaveTheirOwnAndFrozenOnesNone() {
    Groups groups = TestData.groups("sgd(0.1); *.bias: lr=0.2; dense_1.kernel: frozen until 1ep");
    History history = fit(trainer(groups, 16), 2);
    EpochMetrics first = history.rows().getFirst();
    assertEquals(0.2, first.value("*.bias/effective_rate"), 1e-4);
    assertEquals(0.1, first.value("base/effective_rate"), 1e-4);
    assertFalse(first.values().containsKey("dense_1.kernel/effective_rate"));
    assertEquals(0.1, history.last().value("dense_1.kernel/effective_rate"), 1e-4);
  }

  /** Shows the norm of each parameter's gradient, and that of all. */
  private record Showing() implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, new Constant(0.1)));
    }

    @Override
    public void step(StepBuilder step) {
      Expression square = step.gradient().times(step.gradient());
      step.report("own", step.sum(Granularity.PARAMETER, square).sqrt());
      step.report("all", step.sum(Granularity.GROUP, square).sqrt());
      Expression rate = step.hyperparameter(LEARNING_RATE);
      step.setWeight(step.weight().minus(rate.times(step.gradient())));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  @Test
  void whatOptimizersShowIsTold() {
    Trainer trainer = trainer(Groups.of(new Showing()), 16);
    EpochMetrics metrics = fit(trainer, 2).last();
    double sum = 0;
    for (Parameter parameter : MODEL.parameters()) {
      sum += Math.pow(metrics.value(parameter.name() + "/own"), 2);
    }
    assertEquals(Math.sqrt(sum), metrics.value("all"), 1e-9 * Math.sqrt(sum));
    double kernel = metrics.value("dense_3.kernel/own");
    double layer = Math.hypot(kernel, metrics.value("dense_3.bias/own"));
    assertEquals(layer, metrics.value("dense_3/gradient_norm"), 1e-6 * layer);
  }

  /** The mean of the last two weights is what the model is measured with. */
  private record Averaging() implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, new Constant(0.5)));
    }

    @Override
    public void step(StepBuilder step) {
      Slot before = new Slot("before");
      step.set(before, step.weight());
      Expression rate = step.hyperparameter(LEARNING_RATE);
      step.setWeight(step.weight().minus(rate.times(step.gradient())));
      step.evaluateWith(step.slot(before).plus(step.weight()).times(0.5));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  @Test
  void aModelIsMeasuredAndLeftWithTheWeightsThatItsOptimizerSays() {
    Trainer plain = trainer(TestData.groups("sgd(0.5)"), 60);
    Trainer averaging = trainer(Groups.of(new Averaging()), 60);
    float[] start = plain.weights();
    assertEquals(plain.evaluate(SAMPLES), averaging.evaluate(SAMPLES));
    TestData.fit(
        averaging, SAMPLES, Optional.of(SAMPLES), 1, Optional.empty(), TrainingListener.NONE);
    fit(plain, 1);
    float[] mean = averaging.weights();
    for (int i = 0; i < mean.length; i++) {
      assertEquals((start[i] + plain.weights()[i]) / 2, mean[i], 1e-6);
    }
    Trainer watched = trainer(Groups.of(new Averaging()), 60);
    History history =
        TestData.fit(
            watched, SAMPLES, Optional.of(SAMPLES), 3, Optional.empty(), TrainingListener.NONE);
    assertEquals(watched.evaluate(SAMPLES).loss(), history.last().value("val_loss"));
  }
}
