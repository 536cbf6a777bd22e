package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.data.prepare.Target;
import dev.anneal.nn.measure.ClassMeasure;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.measure.NumberMeasure;
import dev.anneal.nn.measure.Predictions;
import dev.anneal.nn.predict.Predictor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a model does on labelled samples.
 *
 * @param values of measures, by name
 * @param confusion which classes it takes for which, where there are classes
 */
public record ModelScores(Map<String, Double> values, Optional<ConfusionMatrix> confusion) {
  private static final int ROWS = 1024;

  /** Copies the map. */
  public ModelScores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Measures a model.
   *
   * @param trained the model
   * @param samples with labels of its target
   * @return what it scores
   */
  public static ModelScores of(TrainedModel trained, Samples samples) {
    Predictions predictions = predictions(trained.predictor(), samples);
    Map<String, Double> values = new LinkedHashMap<>();
    return switch (trained.target()) {
      case Target.Classes(_, List<String> names) -> {
        ConfusionMatrix confusion = ConfusionMatrix.of(names, predictions);
        values.put("loss", ClassMeasure.LOG_LOSS.of(predictions));
        values.put("accuracy", confusion.accuracy());
        for (Measure each :
            List.of(ClassMeasure.BALANCED_ACCURACY, ClassMeasure.F1, ClassMeasure.AUC)) {
          values.put(each.quantity(), each.of(predictions));
        }
        yield new ModelScores(values, Optional.of(confusion));
      }
      case Target.Quantity(_, _, double deviation) -> {
        for (Measure each :
            List.of(
                NumberMeasure.rmse(deviation), NumberMeasure.mae(deviation), NumberMeasure.r2())) {
          values.put(each.quantity(), each.of(predictions));
        }
        yield new ModelScores(values, Optional.empty());
      }
    };
  }

  static Predictions predictions(Predictor predictor, Samples samples) {
    int features = predictor.features();
    int outputs = predictor.outputs();
    float[] scores = new float[Math.multiplyExact(samples.size(), outputs)];
    float[] labels = new float[samples.size()];
    float[] rows = new float[ROWS * features];
    float[] given = new float[ROWS * outputs];
    for (int from = 0; from < samples.size(); from += ROWS) {
      int count = Math.min(ROWS, samples.size() - from);
      for (int row = 0; row < count; row++) {
        samples.copy(from + row, rows, row * features);
        samples.target(from + row, labels, from + row);
      }
      predictor.scores(rows, count, given);
      System.arraycopy(given, 0, scores, from * outputs, count * outputs);
    }
    return new Predictions(samples.classes(), outputs, samples.targets(), scores, labels);
  }

  /**
   * All of it for programs.
   *
   * @return one line of JSON
   */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (Double.isFinite(value)) {
        all.put(name, value);
      }
    });
    confusion.ifPresent(matrix -> {
      all.put("classes", matrix.classes());
      all.put("confusion", matrix.counts());
    });
    return JsonMapper.shared().writeValueAsString(all);
  }
}
