package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.data.RealSamples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.AdversarialLoss;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.measure.ClassMeasure;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.measure.NumberMeasure;
import dev.anneal.nn.measure.Predictions;
import dev.anneal.nn.minimize.Lbfgs;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured beside loss and accuracy. */
class MeasuringTest {
  private static final Samples SAMPLES = TestData.clouds(50, 4, 3);
  private static final Samples HELD = TestData.clouds(300, 4, 3); // more than one batch
  private static final Mlp MLP = Mlp.parse("4-6-3");

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private Training training(Measure... measures) {
    return Training.ofGroups(MLP.model(), MLP.loss(), TestData.groups("sgd(0.1)"))
        .batch(8)
        .epochs(4)
        .validation(HELD)
        .workers(workers)
        .measuring(measures);
  }

  /** A measure of one's own. */
  private record Own(String quantity, boolean moreIsBetter, ToDoubleFunction<Predictions> value)
      implements Measure {
    @Override
    public boolean takes(int classes) {
      return true;
    }

    @Override
    public double of(Predictions predictions) {
      return value.applyAsDouble(predictions);
    }
  }

  private static double accuracy(Predictions predictions) {
    int right = 0;
    for (int i = 0; i < predictions.size(); i++) {
      right += predictions.predicted(i) == predictions.label(i) ? 1 : 0;
    }
    return (double) right / predictions.size();
  }

  @Test
  void measuresAreMadeOfAllValidationSamples() {
    Trainer trainer =
        training(ClassMeasure.LOG_LOSS, new Own("own", true, MeasuringTest::accuracy)).fit(SAMPLES);
    assertEquals(4, trainer.history().epochs());
    for (EpochMetrics row : trainer.history().rows()) {
      assertEquals(row.value("val_loss"), row.value("val_log_loss"), 1e-6);
      assertEquals(row.value("val_accuracy"), row.value("val_own"), 0);
    }
    Evaluation evaluation = trainer.evaluate(SAMPLES);
    assertEquals(List.of("log_loss", "own"), List.copyOf(evaluation.measures().keySet()));
    assertEquals(evaluation.accuracy(), evaluation.measures().get("own"), 0);
    assertEquals(evaluation.loss(), evaluation.measures().get("log_loss"), 1e-6);
  }

  @Test
  void measuringChangesNoBit() {
    assertArrayEquals(
        training().fit(SAMPLES).weights(), training(ClassMeasure.values()).fit(SAMPLES).weights());
  }

  @Test
  void numbersAreMeasuredInTheUnitOfTheTarget() {
    float[][] rows = new float[60][1];
    float[][] labels = new float[60][1];
    for (int i = 0; i < 60; i++) {
      rows[i][0] = i / 30f - 1;
      labels[i][0] = rows[i][0] * rows[i][0];
    }
    Samples samples = RealSamples.of(rows, labels);
    Sequential line = Sequential.of(1, new Dense(1));
    Trainer trainer =
        Training.of(line, Regression.MEAN_SQUARED_ERROR, TestData.optimizer("sgd(0.1)"))
            .validation(samples)
            .workers(workers)
            .measuring(NumberMeasure.rmse(10), NumberMeasure.mae(10), NumberMeasure.r2())
            .fit(samples);
    EpochMetrics last = trainer.history().last();
    assertEquals(10 * Math.sqrt(last.value("val_loss")), last.value("val_rmse"), 1e-5);
    double magnitudes = 0;
    for (int i = 0; i < 60; i++) {
      Tensor predicted = trainer.predict(Tensor.of(rows[i].clone(), 1, 1));
      magnitudes += Math.abs(predicted.elements()[0] - labels[i][0]) / 60;
    }
    assertEquals(10 * magnitudes, last.value("val_mae"), 1e-5);
    assertEquals(last.value("val_r2"), trainer.evaluate(samples).measures().get("r2"), 0);
  }

  /** Epochs whose own measure is best where it is largest: 1, 3, 3, 2. */
  private static Measure scripted(boolean moreIsBetter) {
    List<Double> values = new ArrayList<>(List.of(1.0, 3.0, 3.0, 2.0, 2.0, 2.0));
    return new Own("own_accuracy", moreIsBetter, _ -> values.removeFirst());
  }

  @Test
  void theBestEpochIsTheOneThatTheMeasureCallsSo() {
    Monitor monitor = new Monitor("val_own_accuracy", 0);
    for (boolean up : new boolean[] {true, false}) {
      Session session = training(scripted(up)).restoringBest(monitor).trainer().session(SAMPLES);
      History history = session.run();
      assertEquals(up, history.moreIsBetter("val_own_accuracy"));
      assertEquals(up ? 1 : 0, session.keptEpoch());
    }
    Session stopped =
        training(scripted(true))
            .epochs(9)
            .stopping(new EarlyStopping(monitor, 2))
            .trainer()
            .session(SAMPLES);
    assertEquals(4, stopped.run().epochs());
  }

  @Test
  void historiesKnowWhichWayIsUp() {
    History history = training(ClassMeasure.AUC, ClassMeasure.LOG_LOSS).fit(SAMPLES).history();
    for (String up : List.of("accuracy", "val_accuracy", "val_auc")) {
      assertEquals(true, history.moreIsBetter(up), up);
    }
    for (String down : List.of("loss", "val_loss", "val_log_loss", "learning_rate", "nothing")) {
      assertEquals(false, history.moreIsBetter(down), down);
    }
    assertEquals(true, MetricHistory.NONE.moreIsBetter("generator/val_accuracy"));
    assertEquals(false, MetricHistory.NONE.moreIsBetter("generator/val_loss"));
  }

  @Test
  void aScheduleIsDrivenByWhatIsMeasured() {
    String plateau =
        "sgd(plateau(0.5, monitor=val_own_accuracy, mode=max, factor=0.5, patience=1))";
    Training training =
        Training.ofGroups(MLP.model(), MLP.loss(), TestData.groups(plateau))
            .batch(8)
            .epochs(6)
            .validation(HELD)
            .workers(workers);
    assertEquals(
        "the schedule of learning_rate is driven by val_own_accuracy, which is not measured;"
            + " measured are loss, accuracy, val_loss and val_accuracy",
        assertThrows(InputException.class, () -> training.fit(SAMPLES)).getMessage());
    List<Double> rates =
        training.measuring(scripted(true)).fit(SAMPLES).history().rows().stream()
            .map(row -> row.value("learning_rate"))
            .toList();
    assertEquals(List.of(0.5, 0.5, 0.5, 0.25, 0.125, 0.0625), rates);
  }

  @Test
  void aResumedRunMeasuresTheSame() {
    Monitor monitor = new Monitor("val_auc", 0);
    Trainer whole = training(ClassMeasure.values()).restoringBest(monitor).trainer();
    Session session = whole.session(SAMPLES);
    List<TrainingState> states = new ArrayList<>();
    while (session.step()) {
      states.add(session.state());
    }
    session.finish();
    for (TrainingState state : states) {
      Trainer other = training(ClassMeasure.values()).restoringBest(monitor).trainer();
      Session resumed = other.session(SAMPLES);
      resumed.restore(state);
      resumed.run();
      assertEquals(session.keptEpoch(), resumed.keptEpoch());
      assertArrayEquals(whole.weights(), other.weights());
      for (int epoch = 0; epoch < 4; epoch++) {
        for (String name :
            List.of("val_loss", "val_balanced_accuracy", "val_f1", "val_auc", "val_log_loss")) {
          assertEquals(whole.history().value(name, epoch), other.history().value(name, epoch), 0);
        }
      }
    }
  }

  @Test
  void aMinimizerIsMeasuredToo() {
    Trainer trainer =
        Training.minimizing(MLP.model(), MLP.loss(), new Lbfgs())
            .epochs(2)
            .validation(HELD)
            .workers(workers)
            .measuring(ClassMeasure.AUC)
            .fit(SAMPLES);
    assertEquals(
        trainer.evaluate(HELD).measures(),
        Map.of("auc", trainer.history().last().value("val_auc")));
  }

  /** The second reads no labels, so nothing can be measured on them. */
  @Test
  void ofNetworksInTurnThoseAreMeasuredWhoseLabelsFit() {
    Objective one = new Objective("one", MLP.model(), MLP.loss(), TestData.groups("sgd(0.1)"), 1);
    Model critic = Model.of(4, (scope, x) -> scope.part("critic").apply(new Dense(1), x));
    Objective two =
        new Objective("two", critic, AdversarialLoss.of(true), TestData.groups("sgd(0.01)"), 1);
    History history =
        Training.inTurn(one, two)
            .epochs(2)
            .validation(HELD)
            .workers(workers)
            .measuring(new Own("own", true, MeasuringTest::accuracy))
            .restoringBest(new Monitor("one/val_own", 0))
            .fit(SAMPLES)
            .history();
    assertEquals(history.value("one/val_accuracy", 1), history.value("one/val_own", 1), 0);
    assertEquals(Double.NaN, history.value("two/val_own", 1), 0);
    assertEquals(true, history.moreIsBetter("one/val_own"));
  }

  @Test
  void whatCannotBeMeasuredIsSaidBefore() {
    Trainer wrong = training(NumberMeasure.r2()).trainer();
    String message = "r2 cannot be measured where labels are classes";
    assertEquals(
        message, assertThrows(InputException.class, () -> wrong.fit(SAMPLES)).getMessage());
    assertEquals(
        message, assertThrows(InputException.class, () -> wrong.evaluate(SAMPLES)).getMessage());
    for (String name : List.of("loss", "accuracy", "Own", "own-one", "", "own/a", "f1")) {
      Own own = new Own(name, true, _ -> 0);
      assertEquals(
          "a measure is named in lower case with underscores, and unlike any other; not \"%s\""
              .formatted(name),
          assertThrows(InputException.class, () -> training(ClassMeasure.F1, own).trainer())
              .getMessage());
    }
    assertEquals(
        "monitor: val_acu is not measured (did you mean \"val_auc\"?); measured are loss,"
            + " accuracy, val_loss, val_accuracy and val_auc",
        assertThrows(
                InputException.class,
                () ->
                    training(ClassMeasure.AUC)
                        .restoringBest(new Monitor("val_acu", 0))
                        .fit(SAMPLES))
            .getMessage());
  }

  @Test
  void withoutValidationMeasuresAreThoseOfAnEvaluation() {
    Trainer trainer =
        Training.of(MLP.model(), CrossEntropy.SPARSE_CATEGORICAL, TestData.optimizer("sgd(0.1)"))
            .epochs(1)
            .workers(workers)
            .measuring(ClassMeasure.F1)
            .fit(SAMPLES);
    assertEquals(List.of("f1"), List.copyOf(trainer.evaluate(HELD).measures().keySet()));
    assertEquals(Double.NaN, trainer.history().last().value("val_f1"), 0);
  }
}
