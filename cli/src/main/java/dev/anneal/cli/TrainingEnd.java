package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.nn.training.Incident;
import dev.anneal.preview.Preview;
import dev.anneal.report.DiagnosisTable;
import dev.anneal.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Says how a run ended.
 *
 * @param run what was done
 * @param out its folder
 * @param threads how many computed
 * @param terminal where to say it
 * @param invocation the command line
 */
record TrainingEnd(PreparedRun run, Path out, int threads, Terminal terminal, String invocation) {
  /** The exit code of a run that went astray. */
  static final int DIVERGED = 3;

  /** Of a process that was asked to end; the virtual machine says which signal it was. */
  private static final int INTERRUPTED = 143;

  static int stopped(Terminal terminal, Path out) {
    terminal.human().println("stopped; go on with: anneal resume " + out);
    return INTERRUPTED;
  }

  int tell(Outcome outcome, Preview preview) throws IOException {
    outcome.alarms().forEach(alarm -> terminal.human().println("warning: " + alarm.sentence()));
    terminal.human().println(words(outcome));
    if (run.experiment().diagnosed()) {
      terminal.human().println();
      DiagnosisTable.render(outcome.result().diagnostics(), terminal.unicode())
          .forEach(terminal.human()::println);
      terminal.human().println();
      HtmlReport.write(
          Comparison.of(run, preview, outcome.result(), threads, invocation),
          out.resolve(RunFolder.REPORT));
    }
    terminal.human().println("written to " + out);
    if (terminal.forMachines()) {
      terminal.machine().println(RunFolder.json(outcome));
    }
    return outcome.result().diverged() ? DIVERGED : 0;
  }

  /** A line for each kind of incident; all of them are in the summary of the run. */
  private static List<String> incidents(List<Incident> all) {
    Map<String, List<Incident>> alike = new LinkedHashMap<>();
    for (Incident each : all) {
      alike.computeIfAbsent(each.what() + each.guard(), _ -> new ArrayList<>()).add(each);
    }
    return alike.values().stream()
        .map(some ->
            some.getFirst()
                + (some.size() == 1
                    ? ""
                    : "; %d more like it until step %d"
                        .formatted(some.size() - 1, some.getLast().step())))
        .toList();
  }

  private static String words(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    incidents(outcome.result().incidents()).forEach(line -> text.append(line).append('\n'));
    if (outcome.result().diverged()) {
      text.append("diverged; a lower learning rate may help\n");
    }
    EpochRecord kept = outcome.result().kept();
    text.append(numbers("", kept.loss(), kept.accuracy(), Map.of()));
    if (outcome.result().validated()) {
      text.append(numbers("val_", kept.valLoss(), kept.valAccuracy(), kept.measures()));
    }
    outcome
        .result()
        .test()
        .forEach((name, value) ->
            text.append(name).append(' ').append(NumberFormats.four(value)).append("  "));
    return text.append(
            "after %d epochs, %s s"
                .formatted(
                    outcome.result().epochs().size(),
                    NumberFormats.brief(outcome.result().seconds())))
        .toString();
  }

  /** Of samples whose labels are quantities there is no accuracy. */
  private static String numbers(
      String prefix, double loss, double accuracy, Map<String, Double> measures) {
    StringJoiner numbers = new StringJoiner("  ", "", "  ");
    numbers.add("%sloss %s".formatted(prefix, NumberFormats.four(loss)));
    if (!Double.isNaN(accuracy)) {
      numbers.add("%saccuracy %s".formatted(prefix, NumberFormats.four(accuracy)));
    }
    measures.forEach((name, value) -> numbers.add(name + " " + NumberFormats.four(value)));
    return numbers.toString();
  }
}
