package dev.anneal.report;

import static java.util.stream.Collectors.joining;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.RunRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the optimizer did, as a section of a page: a table of the last epoch and the hints. The
 * script adds the charts.
 */
final class DiagnosisSection {
  private static final Template HEADING = new Template("<th scope=\"col\">{{name}}</th>\n");
  private static final Template CELL = new Template("  <td>{{value}}</td>\n");

  private DiagnosisSection() {}

  /** The section; nothing where no run was diagnosed. */
  static String of(Comparison comparison) {
    List<RunRecord> runs = comparison.runs();
    if (runs.stream().allMatch(run -> run.diagnostics().isEmpty())) {
      return "";
    }
    List<String> names =
        runs.stream()
            .flatMap(run -> run.diagnostics().quantities().stream())
            .map(Diagnostics.Quantity::name)
            .distinct()
            .toList();
    return Template.of("diagnosis.html")
        .fill(
            Map.of(
                "headings",
                names.stream()
                    .map(name -> HEADING.fill(Map.of("name", heading(name))))
                    .collect(joining()),
                "rows",
                IntStream.range(0, runs.size())
                    .mapToObj(i -> rows(i, runs.get(i), names))
                    .collect(joining()),
                "hints",
                IntStream.range(0, runs.size())
                    .mapToObj(i -> hints(i, runs.get(i), runs.size() > 1))
                    .collect(joining())));
  }

  private static String rows(int index, RunRecord run, List<String> names) {
    Template row = Template.of("diagnosis-row.html");
    Diagnostics diagnostics = run.diagnostics();
    List<String> subjects = diagnostics.subjects();
    return IntStream.range(0, subjects.size())
        .mapToObj(line ->
            row.fill(
                Map.of(
                    "index", Integer.toString(index),
                    "name", run.name(),
                    "line", Integer.toString(line),
                    "subject", subjects.get(line),
                    "cells", cells(diagnostics, subjects.get(line), names))))
        .collect(joining());
  }

  private static String heading(String name) {
    String words = Diagnostics.words(name);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String cells(Diagnostics diagnostics, String subject, List<String> names) {
    return names.stream()
        .map(name -> diagnostics.value(name, subject, diagnostics.epochs() - 1))
        .map(value -> CELL.fill(Map.of("value", NumberFormats.four(value))))
        .collect(joining());
  }

  private static String hints(int index, RunRecord run, boolean named) {
    return run.diagnostics().hints().stream()
        .map(hint -> FindingList.item(index, "hint", named ? run.name() + ": " + hint : hint))
        .collect(joining());
  }
}
