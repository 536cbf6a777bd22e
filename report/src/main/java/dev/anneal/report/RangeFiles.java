package dev.anneal.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.anneal.api.InputException;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.range.RangeCurve;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.nn.file.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A range test as files: {@code report.html}, {@code curves.svg}, {@code curves.csv} with a row for
 * each step, and {@code suggestion.json}.
 */
public final class RangeFiles {
  private RangeFiles() {}

  /**
   * Writes all files; each appears complete or not at all.
   *
   * @param result of the test
   * @param run what was tested
   * @param command the command line that repeats it
   * @param json what {@link RangeJson} made of the result
   * @param folder where to; it must exist, files of these names are replaced
   * @throws InputException if a file cannot be written
   */
  public static void write(
      RangeResult result, PreparedRun run, String command, String json, Path folder) {
    AtomicFile.write(folder.resolve("report.html"), RangePage.render(result, run, command));
    AtomicFile.write(folder.resolve("curves.svg"), RangeChart.render(result));
    AtomicFile.write(folder.resolve("curves.csv"), csv(result));
    AtomicFile.write(folder.resolve("suggestion.json"), json + "\n");
  }

  /** The loss of each batch, as it was, and smoothed; empty where the climb of a seed was over. */
  static String csv(RangeResult result) {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      List<String> heading = new ArrayList<>(List.of("step", "rate"));
      result
          .curves()
          .forEach(
              curve -> heading.addAll(List.of("loss_" + curve.seed(), "smoothed_" + curve.seed())));
      csv.writeRecord(heading);
      for (int step = 0; step < result.ladder().steps(); step++) {
        List<String> row =
            new ArrayList<>(
                List.of(Integer.toString(step), Double.toString(result.ladder().at(step))));
        for (RangeCurve curve : result.curves()) {
          boolean taken = step < curve.size();
          row.add(taken ? Double.toString(curve.loss(step)) : "");
          row.add(taken ? Double.toString(curve.smoothed(step)) : "");
        }
        csv.writeRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no device that fails", e);
    }
    return text.toString();
  }
}
