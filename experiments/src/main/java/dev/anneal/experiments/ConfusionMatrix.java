package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.predict.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a model does on labelled samples.
 *
 * @param classes their names
 * @param counts for each class, and each that it was taken for, how many
 * @param loss the mean cross-entropy, in nats
 */
public record ConfusionMatrix(List<String> classes, List<List<Long>> counts, double loss) {
  private static final int ROWS = 1024;

  /** The longest name of a class in the table. */
  private static final int WIDEST = 12;

  /** The least probability that the loss knows: that of a float. */
  private static final double LEAST = Float.MIN_NORMAL;

  /** Copies the lists. */
  public ConfusionMatrix {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Measures a model.
   *
   * @param predictor the model
   * @param samples with labels of its classes
   * @return the counts and the loss
   */
  public static ConfusionMatrix of(Predictor predictor, Samples samples) {
    int features = predictor.features();
    int outputs = predictor.outputs();
    int classes = predictor.classNames().size();
    long[][] counts = new long[classes][classes];
    double loss = 0;
    float[] rows = new float[ROWS * features];
    float[] given = new float[ROWS * outputs];
    for (int from = 0; from < samples.size(); from += ROWS) {
      int count = Math.min(ROWS, samples.size() - from);
      for (int row = 0; row < count; row++) {
        samples.copy(from + row, rows, row * features);
      }
      predictor.predict(rows, count, given);
      for (int row = 0; row < count; row++) {
        int label = samples.label(from + row);
        counts[label][predictor.classOf(given, row)]++;
        double probability =
            outputs > 1 ? given[row * outputs + label] : label == 1 ? given[row] : 1.0 - given[row];
        loss -= Math.log(Math.max(LEAST, probability));
      }
    }
    List<List<Long>> lists = new ArrayList<>();
    for (long[] row : counts) {
      lists.add(java.util.Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(predictor.classNames(), lists, loss / samples.size());
  }

  /**
   * Part of the samples predicted right.
   *
   * @return 0 to 1
   */
  public double accuracy() {
    long right = 0;
    long all = 0;
    for (int label = 0; label < counts.size(); label++) {
      right += counts.get(label).get(label);
      all += counts.get(label).stream().mapToLong(each -> each).sum();
    }
    return (double) right / all;
  }

  /**
   * The counts for people: a row for each class, a column for each that it was taken for.
   *
   * @return lines of text
   */
  public List<String> table() {
    int width =
        Math.max(
            classes.stream().mapToInt(String::length).map(n -> Math.min(n, WIDEST)).max().orElse(1),
            counts.stream()
                .flatMap(List::stream)
                .mapToInt(each -> Long.toString(each).length())
                .max()
                .orElse(1));
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder(cell("", width));
    classes.forEach(name -> heading.append("  ").append(cell(name, width)));
    lines.add(heading + "  <- predicted");
    for (int label = 0; label < classes.size(); label++) {
      StringBuilder line = new StringBuilder(cell(classes.get(label), width));
      counts.get(label).forEach(each -> line.append("  ").append(cell(each.toString(), width)));
      lines.add(line.toString());
    }
    return lines;
  }

  private static String cell(String text, int width) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    String cut = printable.length() > width ? printable.substring(0, width) : printable;
    return " ".repeat(width - cut.length()) + cut;
  }

  /**
   * All of it for programs.
   *
   * @return one line of JSON
   */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("loss", loss);
    all.put("accuracy", accuracy());
    all.put("classes", classes);
    all.put("confusion", counts);
    return JsonMapper.shared().writeValueAsString(all);
  }
}
