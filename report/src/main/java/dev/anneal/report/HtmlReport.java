package dev.anneal.report;

import static dev.anneal.api.numeric.NumberFormats.brief;
import static dev.anneal.api.numeric.NumberFormats.count;
import static dev.anneal.api.numeric.NumberFormats.four;
import static dev.anneal.api.numeric.NumberFormats.significant;
import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import dev.anneal.nn.file.AtomicFile;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A comparison as one HTML page that needs nothing else: its style, its script, the charts' library
 * and the data are within, and a policy in the page forbids it to load anything. Without JavaScript
 * it still shows the conclusions and the table.
 */
public final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  /**
   * Renders the page.
   *
   * @param comparison the runs
   * @return a complete HTML document
   */
  public static String render(Comparison comparison) {
    List<Conclusion> conclusions = Conclusion.of(comparison);
    return Template.of("report.html")
        .fill(
            Map.ofEntries(
                entry("title", comparison.title()),
                entry(
                    "verdict",
                    sentences(
                        conclusions, conclusion -> conclusion.kind() == Conclusion.Kind.VERDICT)),
                entry(
                    "findings",
                    sentences(
                        conclusions,
                        conclusion ->
                            !conclusion.kind().isCaution()
                                && conclusion.kind() != Conclusion.Kind.VERDICT)),
                entry(
                    "cautions",
                    sentences(conclusions, conclusion -> conclusion.kind().isCaution())),
                entry("rows", rows(comparison)),
                entry(
                    "quality",
                    Quality.isOfQuantities(comparison) ? "R²" : "Accuracy <small>%</small>"),
                entry("target", four(comparison.target())),
                entry("lint", lint(comparison)),
                entry("diagnosis", DiagnosisSection.of(comparison)),
                entry("data", comparison.data()),
                entry("model", comparison.model()),
                entry("training", count(comparison.trainingSamples())),
                entry("validation", count(comparison.validationSamples())),
                entry("batch", count(comparison.batch())),
                entry("iterations", count(comparison.iterationsPerEpoch())),
                entry("epochs", count(comparison.epochs())),
                entry(
                    "seed",
                    Messages.list(
                        comparison.draws().seeds().stream().map(String::valueOf).toList())),
                entry("seedsNoun", comparison.draws().seeds().size() == 1 ? "seed" : "seeds"),
                entry("seeds", SeedPicture.of(comparison)),
                entry(
                    "ranking",
                    "%s, ranked by %s"
                        .formatted(
                            comparison.drawn() > 1 ? "Contenders" : "Runs",
                            comparison.criterion().noun())),
                entry(
                    "means",
                    comparison.drawn() > 1
                        ? "Means over the seeds of a contender, those that diverged left out; ± is"
                            + " their standard deviation. "
                        : ""),
                entry("version", comparison.environment().version()),
                entry("cpu", comparison.environment().cpu()),
                entry("threads", Integer.toString(comparison.environment().threads())),
                entry("jdk", comparison.environment().jdk()),
                entry("created", TIME.format(comparison.created())),
                entry("command", comparison.command()),
                entry("weights", weights(comparison)),
                // In JSON a "<" occurs within strings only; escaped, it cannot end the script
                // element.
                entry("json", ComparisonJson.of(comparison).toString().replace("<", "\\u003c")),
                entry("style", Template.resource("report.css")),
                entry("common", Template.resource("common.js")),
                entry("script", Template.resource("report.js")),
                entry("chartStyle", Template.resource("uplot/uPlot.min.css")),
                entry("chartScript", Template.resource("uplot/uPlot.iife.min.js")),
                entry("chartLicense", Template.resource("uplot/LICENSE"))));
  }

  /**
   * Writes the page to a file, which appears complete or not at all.
   *
   * @param comparison the runs
   * @param file where to; it is replaced if it exists
   * @throws InputException if the file cannot be written
   */
  public static void write(Comparison comparison, Path file) {
    AtomicFile.write(file, render(comparison));
  }

  private static String sentences(List<Conclusion> conclusions, Predicate<Conclusion> which) {
    return conclusions.stream().filter(which).map(Conclusion::sentence).collect(joining(" "));
  }

  /** What the linter has against the schedules; nothing at all where it has nothing. */
  private static String lint(Comparison comparison) {
    List<RunRecord> runs = comparison.runs();
    List<String> names = runs.stream().map(RunRecord::name).toList();
    String items =
        comparison.previews().stream()
            .map(preview ->
                FindingList.of(
                    names.indexOf(preview.label()),
                    runs.size() == 1 ? "" : preview.label() + ": ",
                    preview))
            .collect(joining());
    return items.isEmpty() ? "" : Template.of("lint.html").fill(Map.of("items", items));
  }

  private static String rows(Comparison comparison) {
    Template row = Template.of("row.html");
    List<Contender> ranked = comparison.ranked();
    return IntStream.range(0, ranked.size())
        .mapToObj(i -> row.fill(cells(comparison, ranked.get(i), i + 1)))
        .collect(joining());
  }

  private static Map<String, String> cells(Comparison comparison, Contender contender, int rank) {
    RunRecord run = contender.average();
    EpochRecord kept = run.kept();
    EpochRecord best = run.best();
    return Map.ofEntries(
        entry("rank", Integer.toString(rank)),
        entry("index", Integer.toString(comparison.contenders().indexOf(contender))),
        entry("name", run.name()),
        entry("state", state(comparison, contender)),
        entry("wholeSchedule", run.schedule()),
        entry("schedule", Template.breakable(run.schedule())),
        entry("wholeOptimizer", run.optimizer()),
        entry("optimizer", Template.breakable(run.optimizer())),
        entry("valLoss", four(kept.valLoss())),
        entry("deviation", deviation(contender)),
        entry("valLossValue", Double.toString(kept.valLoss())),
        entry("bestValLoss", four(best.valLoss())),
        entry("bestValLossValue", Double.toString(best.valLoss())),
        entry("bestEpoch", run.validated() ? "(" + best.epoch() + ")" : ""),
        entry("quality", Quality.text(kept)),
        entry("qualityValue", Double.toString(Quality.value(kept))),
        entry("loss", four(kept.loss())),
        entry("lossValue", Double.toString(kept.loss())),
        entry("gap", four(kept.gap())),
        entry("gapValue", Double.toString(kept.gap())),
        entry("toTarget", brief(comparison.epochsToTarget(contender))),
        entry("toTargetValue", Double.toString(comparison.epochsToTarget(contender))),
        entry("learningRate", four(kept.learningRate())),
        entry("learningRateValue", Double.toString(kept.learningRate())),
        entry("seconds", four(run.seconds())),
        entry("secondsValue", Double.toString(run.seconds())));
  }

  /** Of several seeds, how far they lie apart. */
  private static String deviation(Contender contender) {
    double deviation =
        Contender.deviation(
            contender.runs().stream().mapToDouble(each -> each.run().kept().valLoss()).toArray());
    return Double.isFinite(deviation) ? "± " + significant(deviation, 2) : "";
  }

  private static String state(Comparison comparison, Contender contender) {
    RunRecord run = contender.average();
    int epochs = run.epochs().size();
    int diverged = contender.diverged().size();
    List<String> words = new ArrayList<>();
    if (comparison.drawn() > 1) {
      words.add(contender.runs().size() == 1 ? "1 seed" : contender.runs().size() + " seeds");
    }
    if (diverged > 0) {
      words.add(diverged == contender.runs().size() ? "diverged" : diverged + " diverged");
    } else if (epochs < comparison.epochs()) {
      words.add(epochs + " of " + comparison.epochs() + " epochs");
    }
    return String.join(", ", words);
  }

  private static String weights(Comparison comparison) {
    Template row = Template.of("weights.html");
    return comparison.contenders().stream()
        .flatMap(contender ->
            contender.runs().stream()
                .map(each ->
                    row.fill(
                        Map.of(
                            "name",
                            comparison.drawn() == 1
                                ? contender.name()
                                : contender.name() + ", " + each.draw(),
                            "sha256",
                            each.run().weightsSha256()))))
        .collect(joining());
  }
}
