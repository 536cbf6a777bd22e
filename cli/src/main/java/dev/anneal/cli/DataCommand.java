package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.finding.TableFindings;
import dev.anneal.data.prepare.Task;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.ColumnSummary;
import dev.anneal.data.table.Table;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.TableFile;
import dev.anneal.experiments.TrainingData;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
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
  private static final int FEW = 50;

  @ParentCommand Main main = new Main();

  @Parameters(paramLabel = "csv:FILE", description = "The table.")
  String data = "";

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Option(
      names = "--all",
      description = "Show all columns and findings, not only the first " + FEW + " of each.")
  boolean all;

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
    Table table =
        ReadingBar.show(
            terminal,
            listener ->
                TableFile.read(name, experiment.data().reading(), listener, Function.identity()));
    List<DataFinding> findings =
        TableFindings.of(
            table, experiment.data().preparation(), experiment.data().reading().texts());
    if (json) {
      ObjectNode all = json(table, findings);
      addTraining(experiment, table, all.putObject("training"));
      terminal.machine().println(all);
    } else {
      show(terminal.human(), file, table, findings);
      terminal.human().println();
      showTraining(experiment, table, terminal.human());
    }
    return 0;
  }

  private static void showTraining(Experiment experiment, Table table, PrintStream out) {
    try {
      TrainingData data = experiment.data().prepare(table, experiment.seed());
      out.println("training would take this:");
      DataWords.of(data).forEach(out::println);
    } catch (InputException e) {
      out.println("training would refuse it: " + e.getMessage());
    }
  }

  private static void addTraining(Experiment experiment, Table table, ObjectNode json) {
    try {
      TrainingData data = experiment.data().prepare(table, experiment.seed());
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

  private void show(PrintStream out, Path file, Table table, List<DataFinding> findings) {
    out.println(
        "%s: %s rows, %d columns; %s"
            .formatted(
                file,
                NumberFormats.count(table.rows()),
                table.columns().size(),
                table.dialect().summary()));
    out.println();
    List<String> lines = ColumnLines.of(table);
    out.println(lines.getFirst());
    some(lines.subList(1, lines.size())).forEach(out::println);
    if (!findings.isEmpty()) {
      out.println();
      some(findings.stream().map(DataFinding::sentence).toList()).forEach(out::println);
    }
  }

  /** A line a column fills screens where there are thousands. */
  private List<String> some(List<String> lines) {
    int more = all ? 0 : Math.max(0, lines.size() - FEW);
    return more == 0
        ? lines
        : Stream.concat(
                lines.stream().limit(FEW),
                Stream.of("and %s more; --all shows them".formatted(NumberFormats.count(more))))
            .toList();
  }

  private static ObjectNode json(Table table, List<DataFinding> findings) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("rows", table.rows());
    json.put("dialect", table.dialect().summary());
    for (Column column : table.columns()) {
      ColumnSummary summary = ColumnSummary.of(column);
      ObjectNode node = json.withArray("columns").addObject();
      node.put("name", column.name());
      node.put("type", ColumnLines.type(column));
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
