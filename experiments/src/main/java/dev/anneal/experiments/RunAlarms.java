package dev.anneal.experiments;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What in a run that is under way shows that it leads nowhere. All of it is a function of what was
 * measured, so that a resumed run is told the same.
 */
final class RunAlarms {
  /** Who has learned less than this of what there is to learn has learned nothing. */
  private static final double NOTHING = 0.01;

  /** Accuracy may rise by chance. */
  private static final double CHANCE = 0.005;

  /** Before so many epochs and updates nothing is said. */
  private static final int EPOCHS = 3;

  private static final int UPDATES = 100;

  /** Relative to itself, a change of a loss that is rounding. */
  private static final double ROUNDING = 1e-6;

  private final PreparedRun run;
  private final ConstantPredictor predictor;
  private final OptionalDouble constant;

  RunAlarms(PreparedRun run) {
    this.run = run;
    predictor = new ConstantPredictor(run);
    constant = run.constantLoss();
  }

  /**
   * Looks at the epochs so far.
   *
   * @param rows all of them
   * @return what shows in the last one
   */
  List<DataFinding> after(List<EpochMetrics> rows) {
    List<DataFinding> found = new ArrayList<>();
    if (rows.size() == 2 && stands(rows)) {
      found.add(
          finding(
              "loss-stands",
              "the loss has not moved from epoch 1 to epoch 2",
              "take a higher learning rate, or another start of the weights (--init)"));
    }
    if (learnsNothing(rows)) {
      found.add(
          finding(
              "learns-nothing",
              "after %d epochs the loss is that of always predicting the same"
                  .formatted(rows.size()),
              "try other learning rates, and whether the inputs tell anything of the target"));
    }
    rows.getLast().values().entrySet().stream()
        .filter(each -> each.getKey().quantity().equals(Metric.UPDATE_RATIO))
        .filter(each -> each.getValue() > 1)
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(metric ->
            found.add(
                finding(
                    "update-beyond-weights",
                    "an update of %s is larger than its weights".formatted(metric.part()),
                    "take a lower learning rate, or clip gradients")));
    return found;
  }

  /**
   * Looks at the end.
   *
   * @param kept the epoch whose weights are kept
   * @return what is wrong with the model
   */
  List<DataFinding> atEnd(EpochRecord kept) {
    OptionalDouble without =
        run.data().validation().map(predictor::loss).orElse(OptionalDouble.empty());
    return without.isPresent() && kept.valLoss() >= without.getAsDouble()
        ? List.of(
            finding(
                "worse-than-constant",
                "the validation loss %.4g is no better than the %.4g of always predicting the same"
                    .formatted(kept.valLoss(), without.getAsDouble()),
                "this model is of no use: look at the data, the learning rate, --restore-best"))
        : List.of();
  }

  private static DataFinding finding(String rule, String what, String advice) {
    return new DataFinding(rule, "", what, advice);
  }

  private static boolean stands(List<EpochMetrics> rows) {
    double before = rows.get(0).value(MetricHistory.LOSS);
    return Math.abs(rows.get(1).value(MetricHistory.LOSS) - before) <= ROUNDING * before;
  }

  private boolean learnsNothing(List<EpochMetrics> rows) {
    long updates = (long) rows.size() * run.data().iterationsPerEpoch(run.experiment().batch());
    if (constant.isEmpty() || rows.size() < EPOCHS || updates < UPDATES) {
      return false;
    }
    double largest = predictor.accuracy();
    // Said once, when the condition holds for the first time.
    return isIdle(rows.subList(rows.size() - EPOCHS, rows.size()), largest)
        && (rows.size() == EPOCHS
            || updates - updates / rows.size() < UPDATES
            || !isIdle(rows.subList(rows.size() - EPOCHS - 1, rows.size() - 1), largest));
  }

  private boolean isIdle(List<EpochMetrics> rows, double largest) {
    double best = constant.orElseThrow();
    return rows.stream()
        .allMatch(row ->
            Math.abs(row.value(MetricHistory.LOSS) - best) <= NOTHING * best
                && !(row.value(MetricHistory.ACCURACY) > largest + CHANCE));
  }
}
