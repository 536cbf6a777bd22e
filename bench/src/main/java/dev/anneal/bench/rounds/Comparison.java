package dev.anneal.bench.rounds;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One row of two programs.
 *
 * @param row what was measured
 * @param rounds those in which both measured it
 * @param first the values of the first program, one for each round
 * @param second those of the second
 */
record Comparison(Row row, List<Round> rounds, List<Double> first, List<Double> second) {

  /**
   * From the rounds in which both programs have the row. Values that were rounded to 0 tell
   * nothing.
   */
  static Comparison of(Row row, List<Round> rounds, String first, String second) {
    List<Round> both =
        rounds.stream()
            .filter(round ->
                round.value(first, row).orElse(0) > 0 && round.value(second, row).orElse(0) > 0)
            .toList();
    return new Comparison(row, both, values(both, first, row), values(both, second, row));
  }

  private static List<Double> values(List<Round> rounds, String program, Row row) {
    return rounds.stream().map(round -> round.value(program, row).orElseThrow()).toList();
  }

  static double median(List<Double> values) {
    return Round.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** How many times as fast the first is in each round. */
  double[] times() {
    return IntStream.range(0, rounds.size())
        .mapToDouble(i -> row.times(first.get(i), second.get(i)))
        .toArray();
  }

  /** How many times as fast the first is; nothing with less than two rounds. */
  Optional<Ratio> ratio() {
    return rounds.size() < Ratio.FEWEST ? Optional.empty() : Optional.of(Ratio.of(times()));
  }

  /** Why it is not to be trusted; empty if it is. */
  Set<Doubt> doubts() {
    return Doubt.about(this);
  }

  /** As tables show it: the ratio, and {@code ?} with the marks of the doubts. */
  String shown() {
    String marks = doubts().stream().map(Doubt::mark).collect(Collectors.joining());
    return ratio().map(Ratio::shown).orElse("one round") + (marks.isEmpty() ? "" : " ?" + marks);
  }
}
