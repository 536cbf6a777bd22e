package dev.anneal.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.anneal.api.InputException;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import dev.anneal.nn.file.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A comparison as files for other programs. {@code results.csv} has one row a contender, in the
 * user's order; {@code results.json} has all that is known. Figures of a contender are means over
 * its seeds, those that diverged left out; the checksum is that of the first. A number that is not
 * finite is empty there and null here. Accuracies are fractions.
 */
public final class ResultFiles {
  private static final List<String> HEADING =
      List.of(
          "name",
          "schedule",
          "optimizer",
          "val_loss",
          "val_accuracy",
          "loss",
          "accuracy",
          "learning_rate",
          "epochs",
          "seconds",
          "samples_per_second",
          "weights_sha256",
          "seeds",
          "diverged_seeds",
          "deviation",
          "gap",
          "epochs_to_target");

  private ResultFiles() {}

  /**
   * Writes both files; each appears complete or not at all.
   *
   * @param comparison the runs
   * @param folder where to; it must exist, files of these names are replaced
   * @throws InputException if a file cannot be written
   */
  public static void write(Comparison comparison, Path folder) {
    AtomicFile.write(folder.resolve("results.csv"), csv(comparison));
    AtomicFile.write(
        folder.resolve("results.json"), ComparisonJson.of(comparison).toPrettyString() + "\n");
  }

  private static String csv(Comparison comparison) {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      Set<String> measures = new LinkedHashSet<>();
      comparison.runs().forEach(run -> measures.addAll(measures(run).keySet()));
      List<String> heading = new ArrayList<>(HEADING);
      heading.addAll(measures);
      csv.writeRecord(heading);
      for (Contender contender : comparison.contenders()) {
        RunRecord run = contender.average();
        EpochRecord kept = run.kept();
        List<String> row =
            new ArrayList<>(
                List.of(
                    run.name(),
                    run.schedule(),
                    run.optimizer(),
                    number(kept.valLoss()),
                    number(kept.valAccuracy()),
                    number(kept.loss()),
                    number(kept.accuracy()),
                    number(kept.learningRate()),
                    Integer.toString(run.epochs().size()),
                    number(run.seconds()),
                    number(run.samplesPerSecond()),
                    run.weightsSha256(),
                    Integer.toString(contender.runs().size()),
                    Integer.toString(contender.diverged().size()),
                    number(contender.deviation()),
                    number(kept.gap()),
                    number(comparison.epochsToTarget(contender))));
        measures.forEach(name -> row.add(number(measures(run).getOrDefault(name, Double.NaN))));
        csv.writeRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no device that fails", e);
    }
    return text.toString();
  }

  /** What was measured beside the usual, and at the end. */
  private static Map<String, Double> measures(RunRecord run) {
    Map<String, Double> measures = new LinkedHashMap<>(run.kept().measures());
    measures.putAll(run.test());
    return measures;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
