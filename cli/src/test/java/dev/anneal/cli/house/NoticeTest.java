package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What NOTICE says of libraries. */
class NoticeTest {
  /** What only tests and the compiler need, and ourselves. */
  private static final Pattern OTHERS =
      Pattern.compile("(anneal|junit|jqwik|opentest4j|apiguardian|jspecify|spring|surefire).*");

  /** A line for each: its name, authors and licence. */
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^- ([\\w-]+), .+, (Apache-2.0|BSD-3-Clause|MIT): https://\\S+$");

  private static final Pattern PROVIDED =
      Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<scope>provided</scope>");

  /** Those whose classes are copied. */
  private static Stream<String> relocated() {
    return PROVIDED
        .matcher(House.text(House.ROOT.resolve("relocated/pom.xml")))
        .results()
        .map(found -> found.group(1));
  }

  private static String library(Path jar) {
    return jar.getFileName().toString().replaceFirst("-[0-9.]+\\.jar$", "");
  }

  @Test
  void itNamesEveryLibraryThatRunsWithTheProductAndNoOther() {
    Set<String> named =
        LIBRARY
            .matcher(House.text(House.ROOT.resolve("NOTICE")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> there =
        Stream.concat(House.jars().stream().map(NoticeTest::library), relocated())
            .filter(OTHERS.asMatchPredicate().negate())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(there, named);
  }
}
