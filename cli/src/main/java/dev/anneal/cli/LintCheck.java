package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFindings;
import dev.anneal.preview.Preview;
import dev.anneal.preview.lint.Finding;
import dev.anneal.preview.lint.Linter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What there is to say of schedules and data before anything is trained or written. */
final class LintCheck {
  @Option(
      names = "--strict",
      description = "Refuse what would be warned about: exit code 2, nothing trained or written.")
  boolean strict;

  private record Said(String sentence, boolean refused) {}

  /**
   * Looks at schedules.
   *
   * @return a line for each warning
   * @throws InputException if training with them would fail, or under {@code --strict} a warning
   */
  List<String> of(List<Preview> previews) {
    return of(previews, List.of());
  }

  /**
   * Looks at runs that share their data.
   *
   * @param previews of their schedules
   * @param run one of them
   * @return a line for each warning
   * @throws InputException as above
   */
  List<String> of(List<Preview> previews, PreparedRun run) {
    return of(previews, RunFindings.of(run));
  }

  /**
   * Says what there is to know of the data of a search.
   *
   * @param run one of those that share them
   * @param modelled whether all of them have the same network
   * @param out where to say it
   * @throws InputException as above
   */
  void introduce(PreparedRun run, boolean modelled, PrintStream out) {
    List<DataFinding> findings =
        RunFindings.of(run).stream()
            .filter(each -> modelled || !each.rule().equals(RunFindings.MANY_WEIGHTS))
            .toList();
    List<String> warnings = of(List.of(), findings);
    DataWords.of(run.data()).forEach(out::println);
    warnings.forEach(out::println);
  }

  private List<String> of(List<Preview> previews, List<DataFinding> ofData) {
    List<Said> all = new ArrayList<>();
    ofData.forEach(finding -> all.add(new Said(finding.sentence(), strict)));
    all.addAll(
        previews.stream()
            .flatMap(preview ->
                Linter.check(preview).stream()
                    .map(finding ->
                        new Said(
                            previews.size() == 1
                                ? finding.sentence()
                                : preview.label() + ": " + finding.sentence(),
                            strict || finding.severity() == Finding.Severity.ERROR)))
            .toList());
    if (all.stream().anyMatch(Said::refused)) {
      throw new InputException(
          all.stream()
              .filter(Said::refused)
              .map(Said::sentence)
              .collect(Collectors.joining("; and ")));
    }
    return all.stream().map(said -> "warning: " + said.sentence()).toList();
  }
}
