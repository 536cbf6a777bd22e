package dev.anneal.bench.rounds;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Makes of {@code bench/run}'s rounds what it leaves: JSON with everything, and a page. */
public final class Report {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Report() {}

  /**
   * Writes the JSON and prints the page.
   *
   * @param args the folder of the rounds, the commit that was measured, where the JSON goes
   * @throws IOException if a round cannot be read
   */
  public static void main(String[] args) throws IOException {
    Results results = new Results(Setting.here(args[1]), Rounds.read(Path.of(args[0])));
    JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of(args[2]), ResultsJson.of(results));
    OUT.print(results.page());
  }
}
