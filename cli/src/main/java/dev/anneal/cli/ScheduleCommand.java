package dev.anneal.cli;

import dev.anneal.core.InputException;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Preview;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code anneal schedule}. */
@Command(
    name = "schedule",
    description = {
      "Prints and plots a learning rate over a run, and trains nothing.",
      "It reads the same function that training reads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  anneal schedule \"exponential(initial=0.5, rate=0.1) per epoch\" --epochs 100",
      "  anneal schedule \"step(initial=0.1, factor=0.5, every=10ep) per epoch\" --csv --per epoch",
      "  anneal schedule \"constant(0.1)\" --optimizer \"sgd(decay=0.01)\""
    })
final class ScheduleCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..1",
      description = "A schedule, or an optimizer whose learning rate to show.")
  @Nullable String specification;

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      description = "An optimizer that may modify the schedule, as sgd does with decay.")
  @Nullable String optimizer;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "100",
      description = "Epochs of the run (default: ${DEFAULT-VALUE}).")
  int epochs;

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
      names = "--per",
      paramLabel = "UNIT",
      defaultValue = "iteration",
      description = "A line of --csv for each iteration or epoch (default: ${DEFAULT-VALUE}).")
  Unit per = Unit.ITERATION;

  @ArgGroup Format format = new Format();

  /** At most one of them. */
  static final class Format {
    @Option(names = "--csv", description = "Write iteration,epoch,value to standard output.")
    boolean csv;

    @Option(names = "--json", description = "Write a summary as JSON to standard output.")
    boolean json;
  }

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(format.csv || format.json);
    if (samples < 1 || batch < 1) {
      throw new InputException("--samples and --batch must be at least 1");
    }
    Schedule schedule = schedule(main.catalogue());
    Preview preview = new Preview(schedule, epochs, Math.ceilDiv(samples, batch));
    if (format.json) {
      terminal.machine().println(json(preview));
    } else if (format.csv) {
      csv(terminal.machine(), preview);
    } else {
      show(terminal, preview);
    }
    if (!format.json) {
      Rates.warn(terminal, preview);
    }
    return 0;
  }

  private Schedule schedule(Catalogue catalogue) {
    if (specification == null && optimizer == null) {
      throw new InputException("give a schedule, such as \"constant(0.1)\", or --optimizer");
    }
    if (specification == null) {
      return Experiment.learningRate(catalogue.optimizer(String.valueOf(optimizer)));
    }
    if (optimizer == null) {
      return namesOptimizer(catalogue, specification)
          ? Experiment.learningRate(catalogue.optimizer(specification))
          : catalogue.schedule(specification);
    }
    Optimizer modifying = catalogue.optimizer(optimizer);
    return Experiment.learningRate(modifying.withLearningRate(catalogue.schedule(specification)));
  }

  private static boolean namesOptimizer(Catalogue catalogue, String specification) {
    String head = specification.strip().split("[(\\s]", 2)[0].toLowerCase(Locale.ROOT);
    return catalogue.plugins().stream()
        .anyMatch(plugin -> plugin.kind().equals("optimizer") && plugin.name().equals(head));
  }

  private void show(Terminal terminal, Preview preview) {
    PrintStream out = terminal.human();
    out.println(
        "%s over %d epochs of %d iterations (%d samples, batch %d)"
            .formatted(
                Experiment.describe(preview.schedule()),
                epochs,
                preview.iterationsPerEpoch(),
                samples,
                batch));
    out.println(Rates.summary(preview));
    out.println();
    out.println(TextPlot.of(preview, terminal.unicode()));
  }

  private void csv(PrintStream out, Preview preview) {
    StringBuilder text = new StringBuilder("iteration,epoch,value\n");
    int stride = per == Unit.EPOCH ? preview.iterationsPerEpoch() : 1;
    LongStream.iterate(0, i -> i < preview.iterations(), i -> i + stride)
        .forEach(i -> {
          text.append(i).append(',').append(i / preview.iterationsPerEpoch());
          text.append(',').append(preview.at(i)).append('\n');
          if (text.length() > 1 << 16) {
            out.print(text);
            text.setLength(0);
          }
        });
    out.print(text);
    out.flush();
  }

  private String json(Preview preview) {
    Map<String, @Nullable Object> summary = new LinkedHashMap<>();
    summary.put("schedule", Experiment.describe(preview.schedule()));
    summary.put("epochs", epochs);
    summary.put("iterations_per_epoch", preview.iterationsPerEpoch());
    summary.put("start", preview.start());
    summary.put("after_first_epoch", preview.afterFirstEpoch());
    summary.put("end", preview.end());
    summary.put("warning", preview.warning().orElse(null));
    return JsonMapper.shared().writeValueAsString(summary);
  }
}
