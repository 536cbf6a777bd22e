package dev.anneal.bench.rounds;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code bench/gate} says of its rounds. */
public final class Gate {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final String FORMAT = "%-42s %-10s %8s %8s  %-14s %s%n";

  /** Not 1, with which the virtual machine ends when something else goes wrong. */
  private static final int SLOWER = 4;

  private static final double PERCENT = 100;

  private final String percent;
  private final Judgement judgement;

  private Gate(String percent, Rounds first, Rounds again) {
    this.percent = percent;
    this.judgement = new Judgement(first, again, 1 + Double.parseDouble(percent) / PERCENT);
  }

  /**
   * Says which rows to measure again, or judges.
   *
   * @param args how many percent longer the new version may take; the folder of the rounds with all
   *     rows; to judge, also that of the rounds with the suspects
   * @throws IOException if a round cannot be read
   */
  public static void main(String[] args) throws IOException {
    Rounds first = Rounds.read(Path.of(args[1]));
    boolean judges = args.length > 2;
    Rounds again = judges ? Rounds.read(Path.of(args[2])) : new Rounds(List.of());
    Gate gate = new Gate(args[0], first, again);
    if (!judges) {
      gate.suspects();
    } else if (!gate.judge()) {
      System.exit(SLOWER);
    }
  }

  private void suspects() {
    for (Comparison suspect : judgement.suspects()) {
      OUT.println(suspect.row().threads() + "\t" + suspect.row().what());
    }
  }

  private boolean judge() {
    table("all rows", judgement.first(), judgement.rows());
    if (!judgement.retried().isEmpty()) {
      table("what looked slower, again", judgement.again(), judgement.retried());
    }
    judgement
        .alone()
        .forEach(row -> OUT.println("not compared, one version lacks it: " + name(row)));
    OUT.printf(
        Locale.ROOT,
        "Ratios: how many times as long the new version takes, with the %.0f %% interval.%n",
        Ratio.CONFIDENCE * PERCENT);
    OUT.println("?: not to be trusted: " + Doubt.legend() + ".");
    OUT.println(conclusion());
    return judgement.slower().isEmpty();
  }

  private static String name(Row row) {
    return "%s, %d".formatted(row.what(), row.threads());
  }

  private void table(String title, Rounds rounds, List<Comparison> rows) {
    OUT.printf(FORMAT, title + ", rounds: " + rounds.count(), "unit", "old", "new", "", "ratio");
    for (Comparison row : rows) {
      OUT.printf(
          FORMAT,
          name(row.row()),
          row.row().unit(),
          Digits.of(Comparison.median(row.first())),
          Digits.of(Comparison.median(row.second())),
          judgement.verdict(row).words(),
          row.shown());
    }
    OUT.println();
  }

  private String conclusion() {
    List<Comparison> slower = judgement.slower();
    if (!slower.isEmpty()) {
      return "Slower by more than %s %%: %s."
          .formatted(
              percent,
              slower.stream().map(row -> name(row.row())).collect(Collectors.joining("; ")));
    }
    List<Comparison> rows = judgement.rows();
    return "No row is slower by more than %s %%. Of %d, %d cannot be told, %d are not to be trusted."
        .formatted(
            percent,
            rows.size(),
            rows.stream().filter(row -> judgement.verdict(row) == Verdict.OPEN).count(),
            rows.stream().filter(row -> !row.doubts().isEmpty()).count());
  }
}
