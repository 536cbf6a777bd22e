package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where schedules change, update by update, in columns. */
final class BoundaryTable {
  private static final int MOST = 24;

  private BoundaryTable() {}

  /** The boundaries of all, in order for each; nothing where there are none. */
  static List<String> of(List<Preview> previews, boolean unicode) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < previews.size(); i++) {
      char mark = TextPlot.mark(i, unicode);
      for (HyperparameterPreview hyperparameter : previews.get(i).hyperparameters()) {
        hyperparameter.turns().stream()
            .map(turn -> line(mark, hyperparameter, turn))
            .forEach(lines::add);
      }
    }
    if (lines.isEmpty()) {
      return lines;
    }
    int more = lines.size() - MOST;
    if (more > 0) {
      lines.subList(MOST, lines.size()).clear();
      lines.add("  and %s more; --json lists them".formatted(NumberFormats.count(more)));
    }
    lines.addFirst(columns(' ', "iteration", "epoch", "before", "there", "what"));
    return lines;
  }

  private static String line(
      char mark, HyperparameterPreview hyperparameter, HyperparameterPreview.Turn turn) {
    PlannedRun run = hyperparameter.run();
    Boundary boundary = turn.boundary();
    return columns(
        mark,
        NumberFormats.count(boundary.iteration()),
        run.epoch(boundary.iteration()),
        NumberFormats.four(turn.before()),
        NumberFormats.four(turn.at()),
        (hyperparameter.isRate() ? "" : hyperparameter.name() + ": ")
            + boundary.name()
            + (boundary.iteration() > run.iterations() ? ", beyond the run" : ""));
  }

  private static String columns(
      char mark, String iteration, String epoch, String before, String there, String what) {
    return String.format(
        Locale.ROOT, "%c %12s %10s %10s %10s  %s", mark, iteration, epoch, before, there, what);
  }
}
