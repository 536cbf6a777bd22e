package dev.anneal.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.anneal.data.prepare.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Predictions, a row a sample: the class, and the probability of each; or a quantity. */
public final class PredictionTable {
  private static final String PREDICTION = "prediction";

  private final Target target;
  private final boolean json;
  private final PrintStream out;
  private final CsvWriter csv;

  /**
   * Begins; a CSV with its heading.
   *
   * @param target what is predicted
   * @param json whether to write a JSON object a line instead of CSV
   * @param out where to
   */
  public PredictionTable(Target target, boolean json, PrintStream out) {
    this.target = target;
    this.json = json;
    this.out = out;
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(
                new Writer() {
                  @Override
                  public void write(char[] buffer, int from, int count) {
                    out.print(new String(buffer, from, count));
                  }

                  @Override
                  public void flush() {
                    out.flush();
                  }

                  @Override
                  public void close() {}
                });
    if (!json) {
      List<String> heading = new ArrayList<>(List.of(PREDICTION));
      target.names().forEach(name -> heading.add("p_" + name));
      csv.writeRecord(heading);
    }
  }

  /**
   * Writes what is left.
   *
   * @throws IOException never: the stream keeps its failure to itself
   */
  public void end() throws IOException {
    csv.flush();
    out.flush();
  }

  /**
   * Adds a sample.
   *
   * @param outputs holds what the model gave: a number for each class, or one, the probability of
   *     the second; of a quantity one
   * @param at where that begins
   */
  public void add(float[] outputs, int at) {
    switch (target) {
      case Target.Classes(_, List<String> names) -> {
        List<Float> probabilities = probabilities(names.size(), outputs, at);
        String prediction = names.get(mostLikely(probabilities));
        write(row -> row.put(PREDICTION, prediction), prediction, names, probabilities);
      }
      case Target.Quantity quantity -> {
        double prediction = quantity.restored(outputs[at]);
        write(
            row -> row.put(PREDICTION, prediction),
            Double.toString(prediction),
            List.of(),
            List.of());
      }
    }
  }

  private static List<Float> probabilities(int classes, float[] outputs, int at) {
    if (classes == 2) {
      return List.of(1 - outputs[at], outputs[at]);
    }
    List<Float> probabilities = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      probabilities.add(outputs[at + i]);
    }
    return probabilities;
  }

  /** The first of the largest. */
  private static int mostLikely(List<Float> probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      best = probabilities.get(i) > probabilities.get(best) ? i : best;
    }
    return best;
  }

  private void write(
      Consumer<ObjectNode> prediction, String text, List<String> names, List<Float> probabilities) {
    if (json) {
      ObjectNode row = JsonMapper.shared().createObjectNode();
      prediction.accept(row);
      for (int i = 0; i < names.size(); i++) {
        row.put("p_" + names.get(i), probabilities.get(i));
      }
      out.println(row);
    } else {
      List<String> row = new ArrayList<>(List.of(text));
      probabilities.forEach(each -> row.add(Float.toString(each)));
      csv.writeRecord(row);
    }
  }
}
