package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Unit;
import dev.anneal.experiments.MetricsFile;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.RecordedMetrics;
import dev.anneal.report.ScheduleJson;
import dev.anneal.report.SchedulePage;
import dev.anneal.report.SvgChart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal schedule}. */
@Command(
    name = "schedule",
    description = {
      "Shows learning rates over a run, where they change, and what speaks against them; trains"
          + " nothing.",
      "It reads the same function that training reads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  anneal schedule \"exponential(initial=0.5, rate=0.1) per epoch\" --epochs 100",
      "  anneal schedule \"warmup(polynomial(initial=0.1) per iteration, over=5ep) per iteration\""
          + " \\",
      "      \"step(initial=0.1, factor=0.5, every=20ep) per epoch\" --html rates.html",
      "  anneal schedule \"sgd(lr=0.1, momentum=polynomial(initial=0.95, end=0.85) per epoch)\"",
      "  anneal schedule \"constant(0.1)\" --optimizer \"sgd(decay=0.01)\" --strict",
      "  anneal schedule \"step(initial=0.1, factor=0.5, every=10ep) per epoch\" --csv --per epoch",
      "  anneal schedule \"cosine(initial=0.1) per epoch\" --as pytorch",
      "  anneal schedule --from scheduler.json --stepped epoch"
    })
final class ScheduleCommand implements Callable<Integer> {
  private static final int TALL = 14;
  private static final int LOW = 7;

  /** Letters that are written at once. */
  private static final int PAGE = 1 << 16;

  @ParentCommand Main main = new Main();

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..*",
      description = "A schedule, or an optimizer whose schedules to show; as many as you like.")
  List<String> specifications = List.of();

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      description = "An optimizer that may modify the schedules, as sgd does with decay.")
  @Nullable String optimizer;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs of the run (default: 100).")
  @Nullable Integer epochs;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "16000",
      description = "Training samples (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Samples for an update (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Updates in the run, instead of --epochs.")
  @Nullable Long steps;

  @Option(
      names = "--steps-per-epoch",
      paramLabel = "N",
      description = "Updates in an epoch (default: those of --samples and --batch).")
  @Nullable Integer stepsPerEpoch;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "What a run recorded (its folder, its metrics.jsonl, or a .csv with a heading), for"
              + " schedules that are driven by a metric; without it they are shown as if it always"
              + " improved.")
  @Nullable Path metrics;

  @Option(names = "--svg", paramLabel = "FILE", description = "Write a picture.")
  @Nullable Path svg;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page, which works offline.")
  @Nullable Path html;

  @Mixin LintCheck lint = new LintCheck();

  @Mixin TranslateOptions translation = new TranslateOptions();

  @Option(
      names = "--per",
      paramLabel = "UNIT",
      defaultValue = "iteration",
      description = "A line of --csv for each iteration or epoch (default: ${DEFAULT-VALUE}).")
  Unit per = Unit.ITERATION;

  @ArgGroup Format format = new Format();

  @Spec CommandSpec command = CommandSpec.create();

  /** At most one of them. */
  static final class Format {
    @Option(
        names = "--csv",
        description =
            "Write iteration,epoch,value to standard output, a column for each of several.")
    boolean csv;

    @Option(
        names = "--json",
        description = "Write values, boundaries and findings as JSON to standard output.")
    boolean json;
  }

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(format.csv || format.json);
    PlannedRun run = run();
    if (translation.isAsked()) {
      boolean specified = !specifications.isEmpty() || optimizer != null;
      translation.print(main.translators(), specified, () -> previews(main.catalogue(), run), run);
      return 0;
    }
    List<Preview> previews = previews(main.catalogue(), run);
    List<String> warnings = lint.of(previews);
    if (svg != null) {
      SvgChart.write(previews, svg);
    }
    if (html != null) {
      SchedulePage.write(previews, Invocation.of(command), html);
    }
    if (format.json) {
      terminal.machine().println(ScheduleJson.of(previews));
    } else if (format.csv) {
      csv(terminal.machine(), previews);
    } else {
      show(terminal, previews);
    }
    if (!format.json) {
      warnings.forEach(terminal.human()::println);
    }
    return 0;
  }

  private PlannedRun run() {
    if (samples < 1 || batch < 1) {
      throw new InputException("--samples and --batch must be at least 1");
    }
    if (steps != null && epochs != null) {
      throw new InputException("give --epochs or --steps, not both");
    }
    int each = stepsPerEpoch == null ? Math.ceilDiv(samples, batch) : stepsPerEpoch;
    long all = steps == null ? (long) (epochs == null ? 100 : epochs) * each : steps;
    PlannedRun run = new PlannedRun(all, each, MetricHistory.measured(true), RecordedMetrics.NONE);
    return metrics == null ? run : run.replaying(MetricsFile.read(metrics));
  }

  private List<Preview> previews(Catalogue catalogue, PlannedRun run) {
    if (specifications.isEmpty() && optimizer == null) {
      throw new InputException("give a schedule, such as \"constant(0.1)\", or --optimizer");
    }
    if (specifications.isEmpty()) {
      Optimizer alone = catalogue.optimizer(String.valueOf(optimizer));
      return List.of(Preview.ofOptimizer(Catalogue.print(alone), alone, run));
    }
    return specifications.stream().map(each -> preview(catalogue, each, run)).toList();
  }

  private Preview preview(Catalogue catalogue, String specification, PlannedRun run) {
    String label = specification.strip().replaceAll("\\s+", " ");
    if (optimizer != null) {
      Optimizer modifying = catalogue.optimizer(optimizer);
      return Preview.ofOptimizer(
          label, modifying.withLearningRate(catalogue.schedule(specification)), run);
    }
    return namesOptimizer(catalogue, specification)
        ? Preview.ofOptimizer(label, catalogue.optimizer(specification), run)
        : Preview.of(label, catalogue.schedule(specification), run);
  }

  private static boolean namesOptimizer(Catalogue catalogue, String specification) {
    String head = specification.strip().split("[(\\s]", 2)[0].toLowerCase(Locale.ROOT);
    return catalogue.has(Optimizer.class, head);
  }

  private void show(Terminal terminal, List<Preview> previews) {
    PrintStream out = terminal.human();
    PlannedRun run = previews.getFirst().rate().run();
    boolean single = previews.size() == 1;
    String described =
        steps == null
            ? "%s epochs of %s iterations"
                .formatted(
                    NumberFormats.count(run.iterations() / run.iterationsPerEpoch()),
                    NumberFormats.count(run.iterationsPerEpoch()))
            : "%s iterations, %s an epoch"
                .formatted(
                    NumberFormats.count(run.iterations()),
                    NumberFormats.count(run.iterationsPerEpoch()));
    out.println(
        (single ? previews.getFirst().label() : previews.size() + " schedules")
            + " over "
            + described
            + (stepsPerEpoch == null ? " (%d samples, batch %d)".formatted(samples, batch) : ""));
    for (int i = 0; i < previews.size(); i++) {
      if (!single) {
        out.println();
        out.println(TextPlot.mark(i, terminal.unicode()) + " " + previews.get(i).label());
      }
      for (HyperparameterPreview preview : previews.get(i).hyperparameters()) {
        String name = preview.isRate() ? "" : preview.name() + ": ";
        out.println(name + Previews.summary(preview));
        out.println(name + Previews.extremes(preview));
      }
    }
    Preview.charts(previews)
        .forEach((name, curves) -> {
          boolean rate = curves.getFirst().hyperparameter().isRate();
          out.println();
          if (!rate) {
            out.println(" ".repeat(12) + name);
          }
          out.println(TextPlot.of(curves, rate ? TALL : LOW, terminal.unicode()));
        });
    if (isSampled(previews)) {
      out.println(
          "a long run: %s of its updates were read, with those around each boundary"
              .formatted(NumberFormats.count(previews.getFirst().rate().curve().size())));
    }
    out.println();
    List<String> boundaries = BoundaryTable.of(previews, terminal.unicode());
    boundaries.forEach(out::println);
    if (!boundaries.isEmpty()) {
      out.println();
    }
  }

  private static boolean isSampled(List<Preview> previews) {
    HyperparameterPreview rate = previews.getFirst().rate();
    return rate.curve().size() < rate.run().iterations();
  }

  private void csv(PrintStream out, List<Preview> previews) {
    List<HyperparameterPreview> columns =
        previews.stream().flatMap(preview -> preview.hyperparameters().stream()).toList();
    PlannedRun run = columns.getFirst().run();
    StringBuilder text =
        new StringBuilder("iteration,epoch,").append(heading(previews)).append('\n');
    int stride = per == Unit.EPOCH ? run.iterationsPerEpoch() : 1;
    long lines = Math.ceilDiv(run.iterations(), stride);
    // Who reads may have seen enough; Main says that writing failed.
    for (long line = 0; line < lines && !out.checkError(); ) {
      for (; line < lines && text.length() < PAGE; line++) {
        long i = line * stride;
        text.append(i).append(',').append(i / run.iterationsPerEpoch());
        columns.forEach(column -> text.append(',').append(column.at(i)));
        text.append('\n');
      }
      out.print(text);
      text.setLength(0);
    }
    out.flush();
  }

  private static String heading(List<Preview> previews) {
    return previews.stream()
        .flatMap(preview ->
            preview.hyperparameters().stream()
                .map(each -> {
                  if (previews.size() == 1) {
                    return each.isRate() ? "value" : each.name();
                  }
                  String label = preview.label() + (each.isRate() ? "" : " " + each.name());
                  return "\"" + label.replace("\"", "\"\"") + "\"";
                }))
        .collect(Collectors.joining(","));
  }
}
