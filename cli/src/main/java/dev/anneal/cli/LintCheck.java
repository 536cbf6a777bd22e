package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFindings;
import dev.anneal.preview.Preview;
import dev.anneal.preview.lint.Finding;
import dev.anneal.preview.lint.Linter;
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
   * Looks at what the runs of a search share.
   *
   * @param run one of them
   * @param open the options in which they differ
   * @return a line for each warning
   * @throws InputException as above
   */
  List<String> ofSearch(PreparedRun run, List<String> open) {
    return of(
        List.of(),
        RunFindings.of(run).stream()
            .filter(
                each -> !each.rule().equals(RunFindings.MANY_WEIGHTS) || !open.contains("model"))
            .toList());
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
