package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final TrainingListener NOBODY = TrainingListener.NONE;

  /** Samples that a test watches or falsifies. */
  private static class Wrapped implements Samples {
    private final Samples samples;

    Wrapped(Samples samples) {
      this.samples = samples;
    }

    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public int features() {
      return samples.features();
    }

    @Override
    public int classes() {
      return samples.classes();
    }

    @Override
    public void copy(int sample, float[] to, int at) {
      samples.copy(sample, to, at);
    }

    @Override
    public int label(int sample) {
      return samples.label(sample);
    }
  }

  private final Workers workers = new Workers(1);
  private final Samples samples = TestData.clouds(50, 4, 3);

  @AfterEach
  void close() {
    workers.close();
  }

  private Trainer trainer(String model, Optimizer optimizer, int batch) {
    Mlp mlp = Mlp.parse(model);
    return TestData.trainer(mlp.model(), mlp.loss(), optimizer, batch, 1, workers);
  }

  private Trainer trainer(String model, String optimizer) {
    return trainer(model, TestData.optimizer(optimizer), 16);
  }

  private static void assertRefused(String message, Executable attempt) {
    assertEquals(message, assertThrows(InputException.class, attempt).getMessage());
  }

  private static History fit(Trainer trainer, Samples samples, int epochs) {
    return TestData.fit(trainer, samples, Optional.empty(), epochs, Optional.empty(), NOBODY);
  }

  @Test
  void itLearns() {
    History history = fit(trainer("4-16-3", "sgd(0.1)"), samples, 60);
    assertEquals(60, history.epochs());
    assertTrue(history.value("accuracy", 59) > 0.8, history.last().toString());
    assertTrue(history.value("loss", 59) < history.value("loss", 0) / 2);
  }

  @Test
  void historyNamesWhatWasMeasured() {
    Trainer trainer = trainer("4-3", "sgd(0.1, momentum=0.5)");
    List<EpochMetrics> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Live live, EpochMetrics metrics) {
            seen.add(metrics);
          }
        };
    History history =
        TestData.fit(trainer, samples, Optional.of(samples), 2, Optional.empty(), listener);
    assertEquals(history.rows(), seen);
    assertEquals(
        List.of(
            "loss",
            "accuracy",
            "val_loss",
            "val_accuracy",
            "learning_rate",
            "momentum",
            "samples_per_second"),
        history.last().values().keySet().stream().map(Metric::name).toList());
    assertEquals(List.of(1, 2), history.rows().stream().map(EpochMetrics::epoch).toList());
    assertEquals(0.5, history.value("momentum", 1));
    assertEquals(Double.NaN, history.value("f1", 1));
    Evaluation now = trainer.evaluate(samples);
    assertEquals(history.last().value("val_loss"), now.loss());
    assertEquals(history.last().value("val_accuracy"), now.accuracy());
    assertThrows(UnsupportedOperationException.class, () -> history.rows().clear());
  }

  /** 50 samples in batches of 16: four updates an epoch, the last with two samples. */
  @Test
  void listenersSeeEveryUpdate() {
    List<String> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            seen.add(live.epoch() + " " + live.iterations() + " " + live.samples());
          }
        };
    TestData.fit(
        trainer("4-3", "sgd"),
        samples,
        Optional.empty(),
        2,
        Optional.empty(),
        TrainingListener.all(NOBODY, listener));
    assertEquals(
        List.of("1 1 16", "1 2 32", "1 3 48", "1 4 50", "2 5 16", "2 6 32", "2 7 48", "2 8 50"),
        seen);
  }

  /** Loss and accuracy by hand: with all weights 0 every class has the same probability. */
  @Test
  void evaluationIsTheMeanOverSamples() {
    Sequential zeros = Sequential.of(4, new Dense(3, Initializer.ZEROS, Initializer.ZEROS));
    Trainer trainer =
        TestData.trainer(
            zeros, CrossEntropy.SPARSE_CATEGORICAL, TestData.optimizer("sgd"), 16, 1, workers);
    Evaluation evaluation = trainer.evaluate(samples);
    assertEquals(Math.log(3), evaluation.loss(), 1e-6);
    long zeroLabels = IntStream.range(0, 50).filter(i -> samples.label(i) == 0).count();
    assertEquals(zeroLabels / 50.0, evaluation.accuracy()); // of equal scores the first wins
    assertEquals(Tensor.zeros(1, 3), trainer.predict(Tensor.zeros(1, 4)));
  }

  @Test
  void aDivergingRunEndsEarly() {
    History history =
        TestData.fit(
            trainer("4-16-3", "sgd(1e6)"),
            samples,
            Optional.of(samples),
            100,
            Optional.empty(),
            NOBODY);
    assertTrue(history.epochs() < 100);
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      assertTrue(Double.isFinite(history.value("loss", epoch)));
    }
  }

  /**
   * From epoch 3 on the rate is negative, so the loss rises: the best weights are epoch 2's. They
   * are put back however the run ends: by itself, by patience, or since somebody asks.
   */
  @ParameterizedTest
  @ValueSource(strings = {"all epochs", "patience", "asked"})
  void theBestWeightsArePutBack(String end) {
    Schedule rate = progress -> progress.epoch() < 2 ? 0.05 : -0.05;
    for (boolean restore : new boolean[] {false, true}) {
      Optimizer optimizer = TestData.optimizer("sgd").withLearningRate(rate);
      Trainer trainer = trainer("4-3", optimizer, 16);
      List<float[]> weights = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void epoch(Live live, EpochMetrics metrics) {
              weights.add(trainer.weights());
              if (end.equals("asked") && metrics.epoch() == 4) {
                live.stop();
              }
            }
          };
      Monitor monitor = new Monitor("val_loss", 0);
      Session session =
          trainer.session(
              samples,
              new SessionOptions(
                  end.equals("all epochs") ? 4 : 50,
                  Optional.of(samples),
                  List.of(),
                  end.equals("patience")
                      ? Optional.of(new EarlyStopping(monitor, 2))
                      : Optional.empty(),
                  restore ? Optional.of(monitor) : Optional.empty(),
                  false,
                  Guard.STOP,
                  listener));
      History history = session.run();
      assertEquals(1, monitor.best(history));
      assertEquals(4, history.epochs());
      assertEquals(restore ? 1 : 3, session.keptEpoch());
      assertArrayEquals(weights.get(session.keptEpoch()), trainer.weights());
    }
  }

  @Test
  void earlyStoppingNeedsWhatItMonitors() {
    EarlyStopping stopping = new EarlyStopping(new Monitor("val_loss", 0), 2);
    assertEquals(
        "monitor: val_loss is not measured; measured are loss and accuracy",
        assertThrows(
                InputException.class,
                () ->
                    TestData.fit(
                        trainer("4-3", TestData.optimizer("sgd"), 16),
                        samples,
                        Optional.empty(),
                        2,
                        Optional.of(stopping),
                        NOBODY))
            .getMessage());
  }

  @Test
  void errorsAreOneClearLine() {
    assertRefused(
        "the batch must have at least 1 sample, not 0",
        () -> trainer("4-3", TestData.optimizer("sgd"), 0));
    assertRefused(
        "training takes at least 1 epoch, not 0", () -> fit(trainer("4-3", "sgd"), samples, 0));
    assertRefused(
        "the model takes 5 numbers a sample, but the data has 4",
        () -> fit(trainer("5-3", "sgd"), samples, 1));
    assertRefused(
        "the model tells 10 classes apart, but the data has 3: end it in 3",
        () -> fit(trainer("4-10", "sgd"), samples, 1));
    assertRefused(
        "the model tells 3 classes apart, but the data has 2: end it in 1",
        () -> trainer("4-3", "sgd").evaluate(TestData.clouds(20, 4, 2)));
    assertRefused(
        "the model takes rows of 4 numbers, not a tensor[1, 7]",
        () -> trainer("4-3", "sgd").predict(Tensor.zeros(1, 7)));
  }

  @Test
  void validationDataAreCheckedBeforeTraining() {
    Trainer trainer = trainer("4-3", "sgd");
    float[] before = trainer.weights();
    Samples other = TestData.clouds(20, 5, 3);
    assertThrows(
        InputException.class,
        () -> TestData.fit(trainer, samples, Optional.of(other), 1, Optional.empty(), NOBODY));
    assertArrayEquals(before, trainer.weights());
  }

  @Test
  void aScheduleMustGiveNumbers() {
    Schedule breaking =
        new Schedule() {
          @Override
          public double at(Progress progress) {
            return progress.iteration() < 6 ? 0.1 : Double.NaN;
          }

          @Override
          public String toString() {
            return "breaking()";
          }
        };
    Optimizer optimizer = TestData.optimizer("sgd").withLearningRate(breaking);
    assertRefused(
        "learning_rate is NaN at iteration 6 (epoch 2):"
            + " its schedule breaking() must give a finite number",
        () -> fit(trainer("4-3", optimizer, 16), samples, 3));
  }

  /** Update rules read their hyper-parameters and then the number of the step, from 1. */
  @Test
  void stepsAreCountedFromOne() {
    Hyperparameter rate = new Hyperparameter(Optimizer.LEARNING_RATE, Progress::iteration);
    Optimizer counter =
        new Optimizer() {
          @Override
          public List<Hyperparameter> hyperparameters() {
            return List.of(rate);
          }

          @Override
          public void step(StepBuilder step) {
            Slot sum = new Slot("sum");
            step.set(sum, step.slot(sum).plus(step.number()));
            step.setWeight(step.slot(sum).plus(step.number()));
          }

          @Override
          public Optimizer withLearningRate(Schedule schedule) {
            return this;
          }
        };
    Trainer trainer = trainer("4-3", counter, 16);
    History history = fit(trainer, samples, 2);
    assertEquals(7, history.last().value("learning_rate")); // that of the eighth update
    for (float weight : trainer.weights()) {
      assertEquals(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8, weight);
    }
  }

  /** Each epoch reads every sample once, in an order of its own that the seed decides. */
  @Test
  void everyEpochHasItsOwnOrder() {
    List<Integer> copied = new ArrayList<>();
    List<Integer> labelled = new ArrayList<>();
    Samples recorder =
        new Wrapped(samples) {
          @Override
          public void copy(int sample, float[] to, int at) {
            super.copy(sample, to, at);
            copied.add(sample);
          }

          @Override
          public int label(int sample) {
            labelled.add(sample);
            return super.label(sample);
          }
        };
    fit(trainer("4-3", "sgd"), recorder, 2);
    List<Integer> expected = new ArrayList<>();
    int[] order = new int[50];
    for (int epoch = 0; epoch < 2; epoch++) {
      new RandomStream(1).child(1).permute(epoch, order); // the seed's child for orders
      Arrays.stream(order).forEach(expected::add);
    }
    assertEquals(expected, copied);
    assertEquals(expected, labelled);
    assertFalse(expected.subList(0, 50).equals(expected.subList(50, 100)));
    assertEquals(Set.copyOf(copied.subList(0, 50)), Set.copyOf(copied.subList(50, 100)));
    assertEquals(50, Set.copyOf(copied).size());
  }

  /** By whatever thread they are read, and whether or not that was ahead of time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatSamplesThrowReachesTheCallerAndTheWorkersGoOn(int threads) {
    try (Workers team = new Workers(threads)) {
      Mlp mlp = Mlp.parse("4-9-3");
      Supplier<Trainer> trainers =
          () ->
              TestData.trainer(
                  mlp.model(), mlp.loss(), TestData.optimizer("sgd(0.1)"), 16, 1, team);
      Trainer undisturbed = trainers.get();
      fit(undisturbed, samples, 2);
      float[] expected = undisturbed.weights();
      for (int broken = 0; broken < 50; broken++) {
        int bad = broken;
        var thrown = new IllegalStateException("sample " + bad);
        Samples copying =
            new Wrapped(samples) {
              @Override
              public void copy(int sample, float[] to, int at) {
                if (sample == bad) {
                  throw thrown;
                }
                super.copy(sample, to, at);
              }
            };
        Samples labelling =
            new Wrapped(samples) {
              @Override
              public int label(int sample) {
                if (sample == bad) {
                  throw thrown;
                }
                return super.label(sample);
              }
            };
        for (Samples each : List.of(copying, labelling)) {
          Trainer trainer = trainers.get();
          assertSame(thrown, assertThrows(RuntimeException.class, () -> fit(trainer, each, 2)));
          assertSame(thrown, assertThrows(RuntimeException.class, () -> trainer.evaluate(each)));
        }
        Trainer next = trainers.get();
        fit(next, samples, 2);
        assertArrayEquals(expected, next.weights());
      }
    }
  }

  @Test
  void aTrainerTrainsOnce() {
    Trainer trainer = trainer("4-3", "sgd");
    fit(trainer, samples, 1);
    assertThrows(IllegalStateException.class, () -> fit(trainer, samples, 1));
  }

  /** Samples that break their promise. */
  @Test
  void labelsOutOfRangeAreRefused() {
    for (int wrong : new int[] {3, -1}) {
      Samples broken =
          new Wrapped(samples) {
            @Override
            public int label(int sample) {
              return sample == 31 ? wrong : super.label(sample);
            }
          };
      assertRefused(
          "label " + (float) wrong + " is out of range: the model has 3 classes, 0 to 2",
          () -> fit(trainer("4-3", "sgd"), broken, 1));
    }
  }

  /** Nine batches make no window of ten, and the last of them is small: no sample is lost. */
  @Test
  void accumulationTakesWhatIsLeftAtTheEndAndWeighsSamplesAlike() {
    Samples some = TestData.clouds(67, 4, 3);
    Trainer window = trainer("4-3", TestData.optimizer("accumulate(sgd(0.1), steps=10)"), 8);
    Trainer whole = trainer("4-3", TestData.optimizer("sgd(0.1)"), 67);
    TestData.fit(window, some, Optional.empty(), 1, Optional.empty(), NOBODY);
    TestData.fit(whole, some, Optional.empty(), 1, Optional.empty(), NOBODY);
    assertArrayEquals(whole.weights(), window.weights(), 1e-6f);
  }
}
