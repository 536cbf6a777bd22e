package dev.anneal.experiments;

import dev.anneal.nn.measure.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which classes a model takes for which.
 *
 * @param classes their names
 * @param counts for each class, and each that it was taken for, how many
 */
public record ConfusionMatrix(List<String> classes, List<List<Long>> counts) {
  /** The longest name of a class in the table. */
  private static final int WIDEST = 12;

  /** Copies the lists. */
  public ConfusionMatrix {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Counts.
   *
   * @param classes their names
   * @param predictions for samples with labels
   * @return the counts
   */
  static ConfusionMatrix of(List<String> classes, Predictions predictions) {
    long[][] counts = new long[classes.size()][classes.size()];
    for (int sample = 0; sample < predictions.size(); sample++) {
      counts[predictions.label(sample)][predictions.predicted(sample)]++;
    }
    return new ConfusionMatrix(
        classes, Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
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
}
