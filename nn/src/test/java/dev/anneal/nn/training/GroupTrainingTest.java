package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.core.update.Update;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.model.TracedModel;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.GroupUpdate;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTrainingTest {
  private static final Samples SAMPLES = TestData.clouds(150, 6, 3);
  private static final int BATCH = 32;
  private static final int PER_EPOCH = 5;
  private static final Mlp MLP = Mlp.parse("6-20-10-3").withDropout(0.2);
  private static final Model MODEL = MLP.model();
  private static final TrainingListener NOBODY = TrainingListener.NONE;

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private Trainer trainer(String groups) {
    return TestData.trainer(MODEL, MLP.loss(), TestData.groups(groups), BATCH, 3, workers);
  }

  private static History fit(Trainer trainer, int epochs, TrainingListener listener) {
    return TestData.fit(trainer, SAMPLES, Optional.of(SAMPLES), epochs, Optional.empty(), listener);
  }

  private float[] weights(String groups, int epochs) {
    Trainer trainer = trainer(groups);
    fit(trainer, epochs, NOBODY);
    return trainer.weights();
  }

  /**
   * The optimizer's state is kept for each weight, so how they are dealt out makes no difference.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(0.1, momentum=0.9)",
        "adam(0.01)",
        "nadam",
        "rmsprop(step(initial=0.01, factor=0.5, every=2ep) per epoch)",
      })
  void groupsWithTheSameOptimizerMakeTheBitsOfOne(String optimizer) {
    float[] one = weights(optimizer, 4);
    assertArrayEquals(one, weights(optimizer + "; dense_1: trained=1; *_2.bias: trained=1", 4));
    assertArrayEquals(one, weights("*.kernel: " + optimizer + "; *.bias: " + optimizer, 4));
    assertFalse(Arrays.equals(one, weights(optimizer + "; dense_1: lr=0.2", 4)));
  }

  /** Norms are sums over all groups, which are added up in another order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip(sgd(0.1, momentum=0.9), global_norm=0.05)",
        "clip(clip(adam(0.01), global_norm=0.1), global_norm=0.2)",
        "accumulate(clip(sgd(0.1), global_norm=0.05), steps=2)",
        "sam(sgd(0.1))",
        "clip(sam(clip(sgd(0.1), global_norm=0.05)), global_norm=0.1)"
      })
  void normsOverAllGradientsAreThoseOfTheModel(String optimizer) {
    float[] one = weights(optimizer, 2);
    assertArrayEquals(one, weights("*.kernel: " + optimizer + "; *.bias: " + optimizer, 2), 2e-6f);
    assertArrayEquals(
        one,
        weights(optimizer + "; dense_2.bias: " + optimizer + "; dense_3: trained=1", 2),
        2e-6f);
    assertFalse(Arrays.equals(one, weights(optimizer + "; dense_1: frozen", 2)));
  }

  /** What is not clipped so has no part in the norm; what is, has one length. */
  @Test
  void aStepAlongClippedGradientsIsAsLongAsTheBound() {
    Trainer trainer =
        trainer(
            "clip(sgd(1), global_norm=0.05); dense_1: clip(sgd(1), global_norm=0.05); dense_2:"
                + " sgd(1)");
    Session session = trainer.session(SAMPLES);
    Map<Parameter, float[]> before = new LinkedHashMap<>();
    MODEL.parameters().forEach(p -> before.put(p, trainer.weights(p).elements().clone()));
    session.step();
    double squares = 0;
    for (Parameter parameter : MODEL.parameters()) {
      if (!parameter.name().startsWith("dense_2")) {
        float[] after = trainer.weights(parameter).elements();
        for (int i = 0; i < after.length; i++) {
          squares += Math.pow(after[i] - before.get(parameter)[i], 2);
        }
      }
    }
    assertEquals(0.05, Math.sqrt(squares), 1e-6);
  }

  /** All weights by parameter, after each epoch. */
  private static final class Weights implements TrainingListener {
    private final Trainer trainer;
    private final List<Map<String, float[]>> epochs = new ArrayList<>();

    Weights(Trainer trainer) {
      this.trainer = trainer;
      add();
    }

    private void add() {
      Map<String, float[]> all = new LinkedHashMap<>();
      MODEL
          .parameters()
          .forEach(each -> all.put(each.name(), trainer.weights(each).elements().clone()));
      epochs.add(all);
    }

    @Override
    public void epoch(Live live, EpochMetrics metrics) {
      add();
    }

    void assertMoved(boolean moved, String parameter, int epoch) {
      assertEquals(
          moved,
          !Arrays.equals(epochs.get(epoch - 1).get(parameter), epochs.get(epoch).get(parameter)),
          parameter + " in epoch " + epoch);
    }
  }

  @Test
  void frozenWeightsStayAndThawInTheirEpoch() {
    Trainer trainer =
        trainer(
            "adam(0.01); dense_1: frozen until 3ep; dense_2: frozen until 1ep; *_3.bias: frozen");
    Weights weights = new Weights(trainer);
    fit(trainer, 5, weights);
    for (int epoch = 1; epoch <= 5; epoch++) {
      weights.assertMoved(epoch > 3, "dense_1.kernel", epoch);
      weights.assertMoved(epoch > 3, "dense_1.bias", epoch);
      weights.assertMoved(epoch > 1, "dense_2.kernel", epoch);
      weights.assertMoved(true, "dense_3.kernel", epoch);
      weights.assertMoved(false, "dense_3.bias", epoch);
    }
  }

  /** Wherever it happens: within an epoch, and again and again. */
  @Test
  void aGroupMayFreezeAgain() {
    Trainer trainer =
        trainer("sgd(0.1); dense_1: trained=sequence([0, 1, 0, 1], boundaries=[7it, 13it, 15it])");
    TrainingListener listener =
        new TrainingListener() {
          private float[] before =
              trainer.weights(MODEL.parameters().getFirst()).elements().clone();

          @Override
          public void batch(Live live) {
            float[] now = trainer.weights(MODEL.parameters().getFirst()).elements().clone();
            long i = live.iterations() - 1;
            assertEquals((i >= 7 && i < 13) || i >= 15, !Arrays.equals(before, now), "" + i);
            before = now;
          }
        };
    fit(trainer, 4, listener);
  }

  /** Every group frozen at once: the loss is measured, nothing moves. */
  @Test
  void allMayRest() {
    Trainer trainer = trainer("*: adam(0.01) trained=sequence([1, 0], boundaries=[2ep])");
    Weights weights = new Weights(trainer);
    History history = fit(trainer, 4, weights);
    MODEL
        .parameters()
        .forEach(parameter -> {
          weights.assertMoved(true, parameter.name(), 2);
          weights.assertMoved(false, parameter.name(), 3);
          weights.assertMoved(false, parameter.name(), 4);
        });
    assertEquals(history.value("val_loss", 1), history.value("val_loss", 3));
    assertEquals(List.of(1.0, 1.0, 0.0, 0.0), values(history, "trained"));
  }

  private static List<Double> values(History history, String metric) {
    return history.rows().stream().map(row -> row.value(metric)).toList();
  }

  private Update update(Optimizer optimizer, ParameterStore store, List<Parameter> parameters) {
    return new Update(
        optimizer,
        parameters.stream().map(store::matrix).toList(),
        new RandomStream(4),
        Width.preferred(),
        workers);
  }

  /**
   * The same run by hand: for each phase a plan of its own, and an optimizer that begins with the
   * second counts its steps from there.
   */
  @ParameterizedTest
  @CsvSource({"adam(0.01), 3", "'nadam', 2", "'sgd(0.1, momentum=0.9)', 1", "'adam(0.01)', 0"})
  void thawingEqualsTwoPhasesByHand(String text, int phase) {
    int epochs = 5;
    Optimizer optimizer = TestData.optimizer(text);
    RandomStream random = new RandomStream(3);
    List<Parameter> all = MODEL.parameters();
    Program whole = MODEL.training(MLP.loss());
    ParameterStore store =
        ParameterStore.of(all, List.of(whole, MODEL.evaluation(MLP.loss())), random.child(0));
    List<Parameter> head = all.stream().filter(each -> !each.name().startsWith("dense_1")).toList();
    List<Parameter> rest = all.stream().filter(each -> !head.contains(each)).toList();
    Update early = update(optimizer, store, head);
    Update late = update(optimizer, store, rest);
    Program part = TracedModel.of(MODEL, true).program(MLP.loss(), head);
    assertEquals(head, part.gradients().keySet().stream().sorted(byPlace(all)).toList());
    int[] order = new int[SAMPLES.size()];
    int step = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      random.child(1).permute(epoch, order);
      Program program = epoch < phase ? part : whole;
      List<GroupUpdate> updates = new ArrayList<>(List.of(new GroupUpdate(head, early)));
      if (epoch >= phase) {
        updates.add(new GroupUpdate(rest, late));
      }
      Plan plan =
          new Plan(
              program,
              store,
              Inputs.of(program, 6, BATCH),
              random.child(2),
              Width.preferred(),
              workers,
              updates,
              0,
              false);
      DataLoader loader = new DataLoader(plan.inputs(), BATCH, workers, SAMPLES, order);
      for (int count = loader.advance(); count > 0; count = loader.advance()) {
        Progress progress = Progress.at(step, PER_EPOCH, epochs * PER_EPOCH);
        early.prepare(values(optimizer, progress, step + 1));
        if (epoch >= phase) {
          late.prepare(values(optimizer, progress, step + 1 - phase * PER_EPOCH));
        }
        plan.run(count, progress);
        step++;
      }
    }
    float[] expected = store.copy();
    assertArrayEquals(expected, weights(text + "; dense_1: frozen until " + phase + "ep", epochs));
    if (phase > 0) {
      assertFalse(Arrays.equals(expected, weights(text, epochs)));
    }
  }

  private static Comparator<Parameter> byPlace(List<Parameter> all) {
    return Comparator.comparingInt(all::indexOf);
  }

  private static double[] values(Optimizer optimizer, Progress progress, int number) {
    List<Double> values = new ArrayList<>();
    optimizer.hyperparameters().forEach(each -> values.add(each.schedule().at(progress)));
    values.add((double) number);
    return values.stream().mapToDouble(each -> each).toArray();
  }

  /** A frozen layer at the bottom costs its forward pass alone: nothing is computed behind it. */
  @Test
  void nothingIsDerivedForWhatIsFrozen() {
    List<Parameter> all = MODEL.parameters();
    Program whole = MODEL.training(MLP.loss());
    Program top =
        TracedModel.of(MODEL, true)
            .program(
                MLP.loss(),
                all.stream().filter(each -> each.name().startsWith("dense_3")).toList());
    Program none = TracedModel.of(MODEL, true).program(MLP.loss(), List.of());
    assertEquals(3 + 3 + 2, products(whole));
    assertEquals(3 + 1, products(top));
    assertEquals(3, products(none));
    assertEquals(2, top.gradients().size());
    assertEquals(Map.of(), none.gradients());
  }

  private static long products(Program program) {
    return program.nodes().stream().filter(node -> node.op() instanceof Op.Product).count();
  }

  @ParameterizedTest
  @CsvSource({"1, SCALAR, false", "3, SCALAR, true", "2, PREFERRED, false", "4, PREFERRED, true"})
  void sameBitsOnAnyNumberOfThreadsAtAnyWidth(int threads, String width, boolean fuse) {
    String text =
        "adam(0.01); dense_1: frozen until 7it; dense_2.kernel: sgd(0.1) trained=sequence([1, 0],"
            + " boundaries=[12it])";
    float[] expected = weights(text, 4);
    try (Workers team = new Workers(threads)) {
      Trainer trainer =
          TestData.trainer(
              MODEL,
              MLP.loss(),
              TestData.groups(text),
              BATCH,
              3,
              team,
              width.equals("SCALAR") ? Width.SCALAR : Width.preferred(),
              fuse);
      fit(trainer, 4, NOBODY);
      assertArrayEquals(expected, trainer.weights());
    }
  }

  @Test
  void epochsReportTheValuesOfEachGroup() {
    Trainer trainer =
        trainer(
            "sgd(0.1); dense_1: lr=step(initial=0.4, factor=0.5, every=1ep) per epoch,"
                + " momentum=0.5; *_3.bias: frozen; dense_2: frozen until 2ep");
    List<Double> live = new ArrayList<>();
    History history =
        fit(
            trainer,
            3,
            new TrainingListener() {
              @Override
              public void batch(Live now) {
                live.add(now.hyperparameter("dense_1/learning_rate"));
                assertEquals(0.1, now.learningRate());
                assertEquals(Double.NaN, now.hyperparameter("learning_rate"));
                assertEquals(
                    List.of(
                        "base/learning_rate",
                        "dense_1/learning_rate",
                        "dense_1/momentum",
                        "dense_2/learning_rate",
                        "dense_2/trained"),
                    now.hyperparameters().stream()
                        .filter(name -> name.matches(".*/(learning_rate|momentum|trained)"))
                        .toList());
              }
            });
    assertEquals(List.of(0.4, 0.2, 0.1), values(history, "dense_1/learning_rate"));
    assertEquals(List.of(0.1, 0.1, 0.1), values(history, "base/learning_rate"));
    assertEquals(List.of(0.5, 0.5, 0.5), values(history, "dense_1/momentum"));
    assertEquals(List.of(0.0, 0.0, 1.0), values(history, "dense_2/trained"));
    assertEquals(0.4, live.getFirst());
    assertEquals(0.1, live.getLast());
    assertFalse(history.last().values().containsKey("learning_rate"));
  }

  /** With one group that is trained, the names are those of a run without groups. */
  @Test
  void oneTrainedGroupNeedsNoName() {
    History history = fit(trainer("sgd(0.1); dense_1: frozen"), 1, NOBODY);
    assertEquals(0.1, history.last().value("learning_rate"));
  }

  @Test
  void errorsNameTheGroup() {
    assertEquals(
        "the schedule of dense_1/learning_rate is driven by val_loss, which is not measured;"
            + " measured are loss and accuracy",
        assertThrows(
                InputException.class,
                () ->
                    TestData.fit(
                        trainer("sgd; dense_1: lr=plateau(0.1)"),
                        SAMPLES,
                        Optional.empty(),
                        2,
                        Optional.empty(),
                        NOBODY))
            .getMessage());
    Schedule broken = progress -> progress.iteration() < 6 ? 1 : Double.NaN;
    Groups groups =
        Groups.of(
            TestData.optimizer("sgd"),
            Group.of("dense_1", TestData.optimizer("sgd").withLearningRate(broken)),
            Group.of("dense_2", TestData.optimizer("sgd")).trained(new Constant(1)));
    String message =
        assertThrows(
                InputException.class,
                () ->
                    fit(TestData.trainer(MODEL, MLP.loss(), groups, BATCH, 3, workers), 2, NOBODY))
            .getMessage();
    assertEquals(
        "dense_1/learning_rate is NaN at iteration 6 (epoch 2): its schedule "
            + broken
            + " must give a finite number",
        message);
  }

  /** Freezing is about weights: what a layer keeps without training follows the batches. */
  @Test
  void runningMeansFollowEvenWhereTheLayerIsFrozen() {
    Model model = Sequential.of(6, new BatchNormalization(), new Dense(3));
    Trainer trainer =
        TestData.trainer(
            model,
            CrossEntropy.SPARSE_CATEGORICAL,
            TestData.groups("sgd; batch_normalization_1: frozen"),
            BATCH,
            1,
            workers);
    Map<String, float[]> before = new LinkedHashMap<>();
    model.parameters().forEach(p -> before.put(p.name(), trainer.weights(p).elements().clone()));
    TestData.fit(trainer, SAMPLES, Optional.empty(), 1, Optional.empty(), NOBODY);
    model
        .parameters()
        .forEach(p ->
            assertEquals(
                p.name().contains("running") || p.name().startsWith("dense"),
                !Arrays.equals(before.get(p.name()), trainer.weights(p).elements()),
                p.name()));
  }

  @Test
  void theRateOfDropoutTakesASchedule() {
    Schedule constant = progress -> 0.2;
    Mlp same = Mlp.parse("6-20-10-3").withDropout(constant);
    Trainer trainer =
        TestData.trainer(same.model(), same.loss(), TestData.groups("sgd(0.1)"), BATCH, 3, workers);
    History history = fit(trainer, 2, NOBODY);
    assertArrayEquals(weights("sgd(0.1)", 2), trainer.weights());
    assertEquals(0.2, history.last().value("dropout_2.rate"));

    Mlp falling =
        Mlp.parse("6-20-10-3")
            .withDropout(new Constant(0.2).then(Duration.epochs(1), new Constant(0)));
    Trainer first =
        TestData.trainer(
            falling.model(), falling.loss(), TestData.groups("sgd(0.1)"), BATCH, 3, workers);
    assertEquals(List.of(0.2, 0.0), values(fit(first, 2, NOBODY), "dropout_1.rate"));
    assertFalse(Arrays.equals(trainer.weights(), first.weights()));
    assertEquals(
        weightsAfterOneEpoch(MLP), weightsAfterOneEpoch(falling), "the same until it falls");
  }

  private List<Float> weightsAfterOneEpoch(Mlp mlp) {
    Trainer trainer =
        TestData.trainer(mlp.model(), mlp.loss(), TestData.groups("sgd(0.1)"), BATCH, 3, workers);
    List<Float> all = new ArrayList<>();
    fit(
        trainer,
        2,
        new TrainingListener() {
          @Override
          public void epoch(Live live, EpochMetrics metrics) {
            if (metrics.epoch() == 1) {
              for (float weight : trainer.weights()) {
                all.add(weight);
              }
            }
          }
        });
    return all;
  }

  @Test
  void aRateOfDropoutThatIsNoProbability() {
    Schedule rising = progress -> 0.5 * progress.iteration();
    Mlp mlp = Mlp.parse("6-5-3").withDropout(rising);
    Trainer trainer =
        TestData.trainer(mlp.model(), mlp.loss(), TestData.groups("sgd(0.1)"), BATCH, 3, workers);
    assertEquals(
        "the rate of dropout is 1.0 at iteration 2 (epoch 1): its schedule "
            + rising
            + " must stay in [0, 1)",
        assertThrows(InputException.class, () -> fit(trainer, 2, NOBODY)).getMessage());
    Mlp monitored =
        Mlp.parse("6-5-3")
            .withDropout(
                TestData.groups("sgd; *: lr=plateau(0.1)")
                    .groups()
                    .getFirst()
                    .optimizer()
                    .orElseThrow()
                    .hyperparameters()
                    .getFirst()
                    .schedule());
    Trainer waiting =
        TestData.trainer(monitored.model(), mlp.loss(), TestData.groups("sgd"), BATCH, 3, workers);
    assertEquals(
        "the schedule of dropout_1.rate is driven by val_loss, which is not measured; measured are"
            + " loss and accuracy",
        assertThrows(
                InputException.class,
                () -> TestData.fit(waiting, SAMPLES, Optional.empty(), 2, Optional.empty(), NOBODY))
            .getMessage());
  }

  @Test
  void aRunGoesOnFromTheWeightsOfAnother() {
    Trainer first = trainer("sgd(0.1)");
    fit(first, 1, NOBODY);
    Trainer second =
        TestData.trainer(MODEL, MLP.loss(), TestData.groups("sgd(0.1)"), BATCH, 99, workers);
    for (Parameter parameter : MODEL.parameters()) {
      second.setWeights(parameter, first.weights(parameter));
    }
    assertArrayEquals(first.weights(), second.weights());
    assertEquals(first.evaluate(SAMPLES), second.evaluate(SAMPLES));
    assertEquals(
        "dense_1.kernel is [6 x 20], not a " + Tensor.zeros(20, 6),
        assertThrows(
                InputException.class,
                () -> second.setWeights(MODEL.parameters().getFirst(), Tensor.zeros(20, 6)))
            .getMessage());
  }
}
