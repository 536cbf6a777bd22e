package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.finding.TableFindings;
import dev.anneal.data.prepare.Task;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.ColumnSummary;
import dev.anneal.data.table.Table;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.TableFile;
import dev.anneal.experiments.TrainingData;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code anneal data}. */
@Command(
    name = "data",
    description = "Says what is in a table, and what in it may lead a training astray.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "How the file is written is noticed: its separator, quotes, header, decimal point or comma,",
      "names of rows, letters, gzip, ARFF. With the options of `anneal train` it says what"
          + " training",
      "would make of the table.",
      "",
      "Examples:",
      "  anneal data csv:iris.csv",
      "  anneal data csv:iris.csv --target species --drop id",
      "  anneal data csv:iris.csv --json"
    })
final class DataCommand implements Callable<Integer> {
  private static final int NAMED = 4;

  @ParentCommand Main main = new Main();

  @Parameters(paramLabel = "csv:FILE", description = "The table.")
  String data = "";

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Mixin PreparationOptions preparation = new PreparationOptions();

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(json);
    String name = TableFile.is(data) ? data : "csv:" + data;
    Path file = TableFile.path(name);
    Experiment experiment =
        Experiment.of(SpecFile.given(command, Map.of("data", List.of(name))), main.catalogue());
    Table table = Table.read(file, experiment.data().reading());
    List<DataFinding> findings =
        TableFindings.of(
            table, experiment.data().preparation(), experiment.data().reading().texts());
    if (json) {
      ObjectNode all = json(table, findings);
      addTraining(experiment, all.putObject("training"));
      terminal.machine().println(all);
    } else {
      show(terminal.human(), file, table, findings);
      terminal.human().println();
      showTraining(experiment, terminal.human());
    }
    return 0;
  }

  private static void showTraining(Experiment experiment, PrintStream out) {
    try {
      TrainingData data = experiment.data().open(experiment.seed());
      out.println("training would take this:");
      DataWords.of(data).forEach(out::println);
    } catch (InputException e) {
      out.println("training would refuse it: " + e.getMessage());
    }
  }

  private static void addTraining(Experiment experiment, ObjectNode json) {
    try {
      TrainingData data = experiment.data().open(experiment.seed());
      json.put(
          "task", (data.classNames().isEmpty() ? Task.REGRESSION : Task.CLASSIFICATION).toString());
      json.put("target", data.target().name());
      data.pipeline().orElseThrow().inputs().forEach(json.putArray("inputs")::add);
      json.put("training_samples", data.training().size());
      json.put("validation_samples", data.validationSize());
    } catch (InputException e) {
      json.put("refused", e.getMessage());
    }
  }

  private static void show(PrintStream out, Path file, Table table, List<DataFinding> findings) {
    out.println(
        "%s: %s rows, %d columns; %s"
            .formatted(
                file,
                NumberFormats.count(table.rows()),
                table.columns().size(),
                table.dialect().summary()));
    out.println();
    int width = table.columns().stream().mapToInt(column -> column.name().length()).max().orElse(0);
    String line = "%-" + Math.min(30, Math.max(6, width)) + "s  %-10s  %7s  %8s  %s";
    out.println(line.formatted("column", "type", "missing", "distinct", "values"));
    for (Column column : table.columns()) {
      ColumnSummary summary = ColumnSummary.of(column);
      out.println(
          line.formatted(
              column.name(),
              type(column),
              column.missing() == 0 ? "" : NumberFormats.count(column.missing()),
              NumberFormats.count(summary.distinct()),
              values(column, summary)));
    }
    if (!findings.isEmpty()) {
      out.println();
      findings.stream().map(DataFinding::sentence).forEach(out::println);
    }
  }

  private static String type(Column column) {
    return switch (column) {
      case Numeric numbers -> numbers.written().isDays() ? "dates" : "numbers";
      case Categorical _ -> "categories";
    };
  }

  private static String values(Column column, ColumnSummary summary) {
    if (column instanceof Categorical) {
      String most =
          summary.counts().entrySet().stream()
              .limit(NAMED)
              .map(each -> each.getKey() + " " + NumberFormats.count(each.getValue()))
              .collect(Collectors.joining(", "));
      return summary.counts().size() > NAMED ? most + ", …" : most;
    }
    if (column instanceof Numeric(_, Column.Written written, _, _) && written.isDays()) {
      return "%s to %s, as days since 1970"
          .formatted(
              LocalDate.ofEpochDay((long) summary.least()),
              LocalDate.ofEpochDay((long) summary.greatest()));
    }
    return "%s to %s, mean %s"
        .formatted(
            NumberFormats.four(summary.least()),
            NumberFormats.four(summary.greatest()),
            NumberFormats.four(summary.mean()));
  }

  private static ObjectNode json(Table table, List<DataFinding> findings) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("rows", table.rows());
    json.put("dialect", table.dialect().summary());
    for (Column column : table.columns()) {
      ColumnSummary summary = ColumnSummary.of(column);
      ObjectNode node = json.withArray("columns").addObject();
      node.put("name", column.name());
      node.put("type", type(column));
      node.put("missing", column.missing());
      node.put("distinct", summary.distinct());
      if (column instanceof Categorical) {
        summary.counts().forEach(node.putObject("counts")::put);
      } else if (summary.distinct() > 0) {
        node.put("least", summary.least());
        node.put("mean", summary.mean());
        node.put("deviation", summary.deviation());
        node.put("greatest", summary.greatest());
      }
    }
    findings.forEach(finding ->
        json.withArray("findings")
            .addObject()
            .put("rule", finding.rule())
            .put("column", finding.column())
            .put("what", finding.what())
            .put("advice", finding.advice()));
    return json;
  }
}
