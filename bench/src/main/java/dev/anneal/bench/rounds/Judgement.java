package dev.anneal.bench.rounds;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a version is slower than another.
 *
 * <p>Among thirty rows some look slower by chance. So those that look worst are measured once more,
 * and only a row that is slower there is slower: chance does not pick the same row twice, and
 * rounds that did not choose it are not biased against it.
 *
 * @param first rounds with all rows
 * @param again rounds with the suspects alone; none where there are none
 * @param bound how many times as long the new version may take
 */
record Judgement(Rounds first, Rounds again, double bound) {
  private static final String OLD = "old";
  private static final String NEW = "new";

  /** If not even these are slower, the others are not; and three are soon measured again. */
  private static final int SUSPECTS = 3;

  /** The rows that both versions have. */
  List<Comparison> rows() {
    return compared(first).toList();
  }

  /** The rows that one version lacks. */
  List<Row> alone() {
    return Stream.of(OLD, NEW)
        .flatMap(version -> first.rows(version).stream())
        .distinct()
        .filter(row -> longer(first, row).rounds().isEmpty())
        .toList();
  }

  /** The rows that look slower, worst first. */
  List<Comparison> suspects() {
    return rows().stream()
        .filter(row -> row.ratio().orElseThrow().times() > bound)
        .sorted(
            Comparator.comparingDouble((Comparison row) -> row.ratio().orElseThrow().low())
                .reversed())
        .limit(SUSPECTS)
        .toList();
  }

  /** The suspects as they are when measured again. */
  List<Comparison> retried() {
    return suspects().stream()
        .map(suspect -> longer(again, suspect.row()))
        .filter(row -> row.ratio().isPresent())
        .toList();
  }

  /** The rows that are slower, both times. */
  List<Comparison> slower() {
    return retried().stream().filter(row -> verdict(row) == Verdict.SLOWER).toList();
  }

  /** What a row's rounds say. */
  Verdict verdict(Comparison row) {
    return Verdict.of(row.ratio().orElseThrow(), bound);
  }

  private static Stream<Comparison> compared(Rounds rounds) {
    return rounds.rows(NEW).stream()
        .map(row -> longer(rounds, row))
        .filter(row -> row.ratio().isPresent());
  }

  /** How many times as fast the old version is: as many times as long takes the new one. */
  private static Comparison longer(Rounds rounds, Row row) {
    return rounds.compare(row, OLD, NEW);
  }
}
