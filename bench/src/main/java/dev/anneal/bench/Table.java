package dev.anneal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the lines of several programs side by side: a row for each thing measured, medians only. */
public final class Table {
  private static final PrintStream OUT = System.out;
  private static final int FIELDS = 5;

  private Table() {}

  /**
   * Prints a table in Markdown.
   *
   * @param args files of lines {@code peer<TAB>what<TAB>threads<TAB>value<TAB>unit}
   * @throws IOException if one cannot be read
   */
  public static void main(String[] args) throws IOException {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    Set<String> peers = new LinkedHashSet<>();
    for (String file : args) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length == FIELDS && !fields[1].endsWith(" best")) {
          String what = "%s | %s | %s".formatted(fields[1], fields[2], fields[4]);
          rows.computeIfAbsent(what, _ -> new LinkedHashMap<>()).put(fields[0], fields[3]);
          peers.add(fields[0]);
        }
      }
    }
    OUT.println("| what | threads | unit | " + String.join(" | ", peers) + " |");
    OUT.println("|---|---|---|" + "---|".repeat(peers.size()));
    rows.forEach((what, values) -> {
      List<String> cells = new ArrayList<>();
      peers.forEach(peer -> cells.add(rounded(values.getOrDefault(peer, ""))));
      OUT.println("| " + what + " | " + String.join(" | ", cells) + " |");
    });
  }

  /** Three digits, or all that stand before the point. */
  private static String rounded(String value) {
    if (value.isEmpty()) {
      return "";
    }
    double number = Double.parseDouble(value);
    return number >= 100 ? "%,d".formatted(Math.round(number)) : "%.3g".formatted(number);
  }
}
