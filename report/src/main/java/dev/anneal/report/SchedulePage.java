package dev.anneal.report;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schedules over a run as one HTML page that needs nothing else, like that of a comparison. Without
 * JavaScript its charts are a still image.
 */
public final class SchedulePage {
  /** More than a chart has pixels. */
  private static final int COLUMNS = 1500;

  private SchedulePage() {}

  /**
   * Renders the page.
   *
   * @param previews the schedules, at least one, over the same run
   * @param command the command line that repeats it
   * @return a complete HTML document
   */
  public static String render(List<Preview> previews, String command) {
    PlannedRun run = previews.getFirst().rate().run();
    return Template.of("schedule.html")
        .fill(
            Map.ofEntries(
                entry("title", title(previews)),
                entry("run", setting(run)),
                entry("sampled", sampled(previews)),
                entry("findings", findings(previews)),
                entry("rows", rows(previews)),
                entry("boundaries", boundaries(previews)),
                entry("command", command),
                entry("image", SvgChart.render(previews)),
                entry("json", curves(previews).toString().replace("<", "\\u003c")),
                entry("style", Template.resource("report.css")),
                entry("common", Template.resource("common.js")),
                entry("script", Template.resource("schedule.js")),
                entry("chartStyle", Template.resource("uplot/uPlot.min.css")),
                entry("chartScript", Template.resource("uplot/uPlot.iife.min.js")),
                entry("chartLicense", Template.resource("uplot/LICENSE"))));
  }

  /**
   * Writes the page to a file, which appears complete or not at all.
   *
   * @param previews the schedules, at least one, over the same run
   * @param command the command line that repeats it
   * @param file where to; it is replaced if it exists
   * @throws InputException if the file cannot be written
   */
  public static void write(List<Preview> previews, String command, Path file) {
    AtomicFile.write(file, render(previews, command));
  }

  private static String title(List<Preview> previews) {
    return previews.size() == 1 ? previews.getFirst().label() : previews.size() + " schedules";
  }

  private static String setting(PlannedRun run) {
    return "%s, %s an epoch"
        .formatted(run.length(run.iterations()), NumberFormats.count(run.iterationsPerEpoch()));
  }

  private static String sampled(List<Preview> previews) {
    return previews.stream()
            .flatMap(preview -> preview.hyperparameters().stream())
            .anyMatch(
                hyperparameter -> hyperparameter.curve().size() < hyperparameter.run().iterations())
        ? "The run is long: its updates are sampled, with all around each boundary."
        : "";
  }

  private static String findings(List<Preview> previews) {
    return IntStream.range(0, previews.size())
        .mapToObj(i -> FindingList.of(i, "", previews.get(i)))
        .collect(joining());
  }

  private static String rows(List<Preview> previews) {
    Template row = Template.of("schedule-row.html");
    return IntStream.range(0, previews.size())
        .boxed()
        .flatMap(i ->
            previews.get(i).hyperparameters().stream()
                .map(hyperparameter -> row.fill(cells(i, hyperparameter))))
        .collect(joining());
  }

  private static Map<String, String> cells(int index, HyperparameterPreview hyperparameter) {
    PlannedRun run = hyperparameter.run();
    SampledCurve.Point least = hyperparameter.curve().least();
    SampledCurve.Point greatest = hyperparameter.curve().greatest();
    return Map.ofEntries(
        entry("index", Integer.toString(index)),
        entry("name", hyperparameter.name().replace('_', ' ')),
        entry("schedule", Template.breakable(Catalogue.describe(hyperparameter.schedule()))),
        entry("start", NumberFormats.four(hyperparameter.start())),
        entry("first", NumberFormats.four(hyperparameter.afterFirstEpoch().orElse(Double.NaN))),
        entry("end", NumberFormats.four(hyperparameter.end())),
        entry("least", NumberFormats.four(least.value())),
        entry("leastAt", run.epoch(least.iteration())),
        entry("greatest", NumberFormats.four(greatest.value())),
        entry("greatestAt", run.epoch(greatest.iteration())));
  }

  private static String boundaries(List<Preview> previews) {
    Template row = Template.of("boundary.html");
    return IntStream.range(0, previews.size())
        .boxed()
        .flatMap(i ->
            previews.get(i).hyperparameters().stream()
                .flatMap(hyperparameter ->
                    hyperparameter.turns().stream()
                        .map(turn -> row.fill(cells(i, hyperparameter, turn)))))
        .collect(joining());
  }

  private static Map<String, String> cells(
      int index, HyperparameterPreview hyperparameter, HyperparameterPreview.Turn turn) {
    Boundary boundary = turn.boundary();
    return Map.of(
        "index", Integer.toString(index),
        "name", hyperparameter.name().replace('_', ' '),
        "what", boundary.name(),
        "beyond", boundary.iteration() > hyperparameter.run().iterations() ? "beyond the run" : "",
        "iteration", NumberFormats.count(boundary.iteration()),
        "epoch", hyperparameter.run().epoch(boundary.iteration()),
        "before", NumberFormats.four(turn.before()),
        "at", NumberFormats.four(turn.at()));
  }

  /** What the script draws. */
  private static ObjectNode curves(List<Preview> previews) {
    PlannedRun run = previews.getFirst().rate().run();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("iterations", run.iterations());
    json.put("iterations_per_epoch", run.iterationsPerEpoch());
    ArrayNode names = json.putArray("names");
    previews.forEach(preview -> names.add(preview.label()));
    ArrayNode charts = json.putArray("charts");
    Preview.charts(previews)
        .forEach((name, all) -> {
          ObjectNode chart = charts.addObject();
          chart.put("name", name.replace('_', ' '));
          chart.put(
              "foot",
              all.stream().mapToDouble(each -> each.hyperparameter().foot()).min().orElse(0));
          ArrayNode curves = chart.putArray("curves");
          for (Preview.Series series : all) {
            ObjectNode curve = curves.addObject();
            curve.put("schedule", series.index());
            ArrayNode iterations = curve.putArray("iterations");
            ArrayNode values = curve.putArray("values");
            for (SampledCurve.Point point : series.hyperparameter().curve().thinned(COLUMNS)) {
              iterations.add(point.iteration());
              values.add(point.value());
            }
          }
        });
    return json;
  }
}
