package dev.anneal.report;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the optimizer did, as plain text: each number in the first, the middle and the last epoch,
 * and the hints.
 */
public final class DiagnosisTable {
  private DiagnosisTable() {}

  /**
   * Renders the table.
   *
   * @param diagnostics what was looked at
   * @param unicode whether the terminal shows more than ASCII
   * @return lines, none where the run was not diagnosed
   */
  public static List<String> render(Diagnostics diagnostics, boolean unicode) {
    List<String> lines = new ArrayList<>();
    if (diagnostics.isEmpty()) {
      return lines;
    }
    int[] epochs = {0, diagnostics.middle(), diagnostics.epochs() - 1};
    int[] shown = IntStream.of(epochs).distinct().toArray();
    int width = diagnostics.subjects().stream().mapToInt(String::length).max().orElse(0);
    lines.add(line("", "", width, shown, epoch -> "epoch " + (epoch + 1)));
    for (Diagnostics.Quantity quantity : diagnostics.quantities()) {
      String name = Diagnostics.words(quantity.name());
      for (Diagnostics.Line each : quantity.lines()) {
        IntFunction<String> value = epoch -> NumberFormats.brief(each.values().get(epoch));
        lines.add(line(name, each.subject(), width, shown, value));
        name = "";
      }
    }
    diagnostics.hints().forEach(hint -> lines.add("hint: " + hint));
    return lines.stream()
        .map(TextReport::printable)
        .map(text -> unicode ? text : TextReport.ascii(text))
        .toList();
  }

  private static String line(
      String name, String subject, int width, int[] epochs, IntFunction<String> cell) {
    return String.format(Locale.ROOT, "%-15s  %-" + Math.max(1, width) + "s", name, subject)
        + IntStream.of(epochs)
            .mapToObj(epoch -> String.format(Locale.ROOT, "  %10s", cell.apply(epoch)))
            .collect(Collectors.joining());
  }
}
