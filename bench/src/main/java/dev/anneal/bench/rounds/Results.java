package dev.anneal.bench.rounds;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Anneal beside its peers, row by row.
 *
 * @param setting where it was measured
 * @param rounds what was measured
 */
record Results(Setting setting, Rounds rounds) {
  /** Who is compared with all others. */
  static final String ANNEAL = "anneal";

  List<String> peers() {
    return rounds.programs().stream().filter(name -> !name.equals(ANNEAL)).toList();
  }

  List<Row> rows() {
    return rounds.rows(ANNEAL);
  }

  /** How Anneal stands beside a peer; without rounds where the peer lacks the row. */
  Comparison beside(String peer, Row row) {
    return rounds.compare(row, ANNEAL, peer);
  }

  /** A section for bench/RESULTS.md. */
  String page() {
    String text =
        """
        ## %s: beside the peers

        - **Machine:** %s, %d processors, %s, %s, vectors of %d bits, flags `%s`.
        - **Measured:** commit %s, rounds: %d. A peer's process and Anneal's took turns; `bench/run` repeats it.
        - **Load:** before the rounds %s, with our own of the minute before; during them others used %s processors.
        - **Columns:** Anneal's median (min-max); a peer's median, and how many times as fast as the peer Anneal is, with its %.0f %% interval
          (Student's, of the logarithms of the rounds' ratios). A ratio with `?` is not to be trusted: %s.
        """
            .formatted(
                setting.date().toString().substring(0, "2026-11-28".length()),
                setting.processor(),
                setting.processors(),
                setting.system(),
                setting.jdk(),
                setting.bits(),
                String.join(" ", setting.flags()),
                setting.commit(),
                rounds.count(),
                range(Round::load),
                range(Round::others),
                Ratio.CONFIDENCE * 100,
                Doubt.legend());
    return text + "\n" + table();
  }

  private String range(Function<Round, DoubleStream> measure) {
    DoubleSummaryStatistics values =
        rounds.all().stream().flatMapToDouble(measure).summaryStatistics();
    return String.format(Locale.ROOT, "%.2f to %.2f", values.getMin(), values.getMax());
  }

  private String table() {
    List<String> peers = peers();
    String columns = peers.stream().map(peer -> " " + peer + " |").collect(Collectors.joining());
    String body = rows().stream().map(this::line).collect(Collectors.joining());
    return "| what | threads | unit | anneal |%s\n|---|---|---|---|%s\n%s"
        .formatted(columns, "---|".repeat(peers.size()), body);
  }

  private String line(Row row) {
    String cells =
        peers().stream()
            .map(peer -> " " + cell(beside(peer, row)) + " |")
            .collect(Collectors.joining());
    return "| %s | %d | %s | %s |%s\n"
        .formatted(row.what(), row.threads(), row.unit(), own(rounds.values(ANNEAL, row)), cells);
  }

  private static String own(double... values) {
    DoubleSummaryStatistics all = Arrays.stream(values).summaryStatistics();
    return "%s (%s-%s)"
        .formatted(
            Digits.of(Round.median(values)), Digits.of(all.getMin()), Digits.of(all.getMax()));
  }

  private static String cell(Comparison beside) {
    return beside.rounds().isEmpty()
        ? ""
        : Digits.of(Comparison.median(beside.second())) + " · " + beside.shown();
  }
}
