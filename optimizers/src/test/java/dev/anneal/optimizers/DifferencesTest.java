package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The table of differences in the document. Its figures are those that the frameworks' own code
 * gave, to two digits; the first weights and the gradients are those of the golden cases.
 */
class DifferencesTest {
  private static final Path DOCUMENT = Path.of("../docs/OPTIMIZERS.md");
  private static final Pattern SPECIFICATION = Pattern.compile("`([a-z]+\\([^`…]*\\))`");
  private static final double ROUNDING = 5e-15;

  private final Catalogue catalogue = Catalogue.load();

  /** A line of the table. */
  private record Pair(String one, String other, String difference) {}

  private static List<Pair> pairs() throws IOException {
    return Files.readString(DOCUMENT)
        .lines()
        .map(line -> line.split("\\s*\\|\\s*"))
        .filter(cells -> cells.length > 3 && cells[3].matches("none|[0-9.e-]+"))
        .filter(cells -> cells[1].startsWith("`") && cells[2].startsWith("`"))
        .map(cells -> new Pair(cells[1].replace("`", ""), cells[2].replace("`", ""), cells[3]))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> theFiguresOfTheDocumentAreOurs() throws IOException {
    List<Pair> pairs = pairs();
    assertTrue(pairs.size() > 20);
    return pairs.stream().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> check(pair)));
  }

  private void check(Pair pair) {
    JsonNode input = GoldenTest.cases("torch113_opt_adam").findFirst().orElseThrow().get("input");
    double[] first = GoldenTest.numbers(input.get("x0"));
    Doubles one = new Doubles(catalogue.optimizer(pair.one), first);
    Doubles other = new Doubles(catalogue.optimizer(pair.other), first);
    double largest = 0;
    for (JsonNode gradient : input.get("grads_per_step")) {
      one.step(GoldenTest.numbers(gradient));
      other.step(GoldenTest.numbers(gradient));
      for (int i = 0; i < first.length; i++) {
        largest = Math.max(largest, Math.abs(one.weights()[i] - other.weights()[i]));
      }
    }
    if (pair.difference.equals("none")) {
      assertEquals(0, largest, ROUNDING);
    } else {
      double stated = Double.parseDouble(pair.difference);
      double twoDigits = Math.pow(10, Math.floor(Math.log10(stated)) - 1);
      assertEquals(stated, largest, 0.5001 * twoDigits + ROUNDING);
    }
  }

  @Test
  void whatTheDocumentShowsCanBeWritten() throws IOException {
    List<String> shown =
        SPECIFICATION
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(MatchResult::group)
            .map(text -> text.replace("`", ""))
            .toList();
    assertTrue(shown.size() > 50);
    shown.forEach(catalogue::optimizer);
  }
}
