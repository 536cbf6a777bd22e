package dev.anneal.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Predictions, a row a sample: the class, and the probability of each class. */
public final class PredictionTable {
  private final List<String> classes;
  private final boolean json;
  private final PrintStream out;
  private final CsvWriter csv;

  /**
   * Begins; a CSV with its heading.
   *
   * @param classes their names, in the order of the outputs
   * @param json whether to write a JSON object a line instead of CSV
   * @param out where to
   */
  public PredictionTable(List<String> classes, boolean json, PrintStream out) {
    this.classes = List.copyOf(classes);
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
      List<String> heading = new ArrayList<>(List.of("prediction"));
      classes.forEach(name -> heading.add("p_" + name));
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
   * @param predicted which class
   * @param outputs holds what the model gave: a number for each class, or one, the probability of
   *     the second
   * @param at where that begins
   */
  public void add(int predicted, float[] outputs, int at) {
    List<Float> probabilities = new ArrayList<>();
    if (classes.size() == 2) {
      probabilities.add(1 - outputs[at]);
      probabilities.add(outputs[at]);
    } else {
      for (int i = 0; i < classes.size(); i++) {
        probabilities.add(outputs[at + i]);
      }
    }
    if (json) {
      ObjectNode row = JsonMapper.shared().createObjectNode();
      row.put("prediction", classes.get(predicted));
      for (int i = 0; i < classes.size(); i++) {
        row.put("p_" + classes.get(i), probabilities.get(i));
      }
      out.println(row);
    } else {
      List<String> row = new ArrayList<>(List.of(classes.get(predicted)));
      probabilities.forEach(each -> row.add(Float.toString(each)));
      csv.writeRecord(row);
    }
  }
}
