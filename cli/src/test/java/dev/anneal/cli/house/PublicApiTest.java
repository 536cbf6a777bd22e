package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What strangers may use is what the checked-in list says, so that a review sees any change. */
class PublicApiTest {
  private static final Path LIST = House.ROOT.resolve("docs").resolve("api.txt");
  private static final String HEAD =
      """
      The public API: what programs and plugins outside this project may use, and which packages
      each module exports to its neighbours only or keeps. Generated builders are left out, and
      so is what goes without saying: a record's constructor and accessors, values() of an enum,
      equals, hashCode and toString. After a change that is meant, renew this file with

        mvn -pl cli -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false \\
            -Danneal.api.write=true verify

      """;

  @Test
  void isTheOneThatTheListSays() throws IOException {
    List<String> now = lines();
    if (Boolean.getBoolean("anneal.api.write")) {
      Files.write(LIST, now);
    }
    List<String> listed = Files.exists(LIST) ? Files.readAllLines(LIST) : List.of();
    assertTrue(
        now.equals(listed),
        () ->
            LIST
                + " is not the public API; its head says how to renew it\n"
                + difference(listed, now));
  }

  private static List<String> lines() {
    return House.read().rooms().stream()
        .map(PublicApi::lines)
        .map(lines -> String.join("\n", lines))
        .collect(Collectors.joining("\n\n", HEAD, ""))
        .lines()
        .toList();
  }

  /** Lines that only one of the two has, each with the type that it belongs to. */
  private static String difference(List<String> old, List<String> now) {
    List<String> before = withOwners(old);
    List<String> after = withOwners(now);
    return Stream.concat(without(before, after, "- "), without(after, before, "+ "))
        .collect(Collectors.joining("\n"));
  }

  private static Stream<String> without(List<String> lines, List<String> others, String sign) {
    return lines.stream().filter(line -> !others.contains(line)).map(line -> sign + line);
  }

  private static List<String> withOwners(List<String> lines) {
    List<String> owned = new ArrayList<>();
    String owner = "";
    for (String line : lines) {
      if (line.startsWith("    ")) {
        owned.add(owner + ": " + line.strip());
      } else {
        owner = line.split("  ")[0];
        owned.add(line);
      }
    }
    return owned;
  }
}
