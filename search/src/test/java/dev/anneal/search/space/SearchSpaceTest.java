package dev.anneal.search.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
  private static SearchSpace space(String... pairs) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], List.of(pairs[i + 1]));
    }
    return new SearchSpace(options, 42);
  }

  private static List<String> names(SearchSpace space) {
    return space.dimensions().stream().map(Dimension::name).toList();
  }

  private static String text(SearchSpace space, int trial, String option) {
    return space.at(trial).options().get(option).getFirst();
  }

  @Test
  void valuesAreCalledByWhatTheyAreOf() {
    SearchSpace space =
        space(
            "schedule", "cosine(initial=log(1e-3, 1), floor=choice(0, 0.01)) per iteration",
            "model",
                "dense(choice(32, 64, 128)), relu, dense(int(8, 16)), dropout(uniform(0, 0.5))",
            "batch", "choice(32, 64)",
            "optimizer", "adam; dense_1: lr=log(1e-4, 1e-2)");
    assertEquals(
        List.of("initial", "floor", "dense", "dense 2", "dropout", "batch", "lr"), names(space));
    assertTrue(
        text(space, 3, "model")
            .matches("dense\\((32|64|128)\\), relu, dense\\(\\d+\\), dropout\\(0\\.\\d+\\)"),
        () -> text(space, 3, "model"));
  }

  /** What is in quotes, a logarithm, a name that ends like one of ours: they stand as they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formula(\"0.1 * log(1 + epoch)\")",
        "formula(\"choice(1, 2)\")",
        "log(2)",
        "glorot-uniform(1, 2)",
        "1e-3",
        "my_choice(1, 2)",
        "choice",
        "log(1, 2"
      })
  void otherTextsStay(String text) {
    assertFalse(SearchSpace.isOpen(text), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log(0, 1)|greater than 0",
        "log(1, 0.1)|less than the second",
        "uniform(1, 1)|less than the second",
        "uniform(1)|two numbers",
        "uniform(a, b)|two numbers",
        "log(1, 2, 3)|two numbers",
        "int(0.5, 2)|whole numbers",
        "int(1, 1e12)|whole numbers",
        "choice(1)|at least two",
      })
  void wrongRangesAreRefused(String text, String why) {
    InputException refused = assertThrows(InputException.class, () -> space("batch", text));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("--batch: ")
            && String.valueOf(refused.getMessage()).contains(why),
        refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"epochs", "seed", "validation-split", "loss", "data"})
  void whatTrialsMustShareIsNotOpen(String option) {
    assertTrue(
        String.valueOf(
                assertThrows(InputException.class, () -> space(option, "choice(1, 2)"))
                    .getMessage())
            .contains("--" + option + ": all trials must have the same"));
  }

  @Test
  void nothingOpenIsSaid() {
    assertTrue(
        String.valueOf(assertThrows(InputException.class, () -> space("batch", "32")).getMessage())
            .startsWith("nothing is left open"));
  }

  /** What was not taken has no value, and no influence. */
  @Test
  void optionsOfAChoiceHaveValuesOfTheirOwn() {
    SearchSpace space =
        space("schedule", "choice(log(0.01, 0.1), cosine(initial=log(1, 10), floor=0.5))");
    assertEquals(List.of("schedule", "schedule 2", "initial"), names(space));
    Set<Set<String>> seen = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      SearchPoint point = space.at(i);
      seen.add(point.values().keySet());
      String text = text(space, i, "schedule");
      if (text.startsWith("cosine")) {
        double value = Double.parseDouble(text.replaceAll(".*initial=([^,]+),.*", "$1"));
        assertTrue(value >= 1 && value <= 10, text);
      } else {
        double value = Double.parseDouble(text);
        assertTrue(value >= 0.01 && value <= 0.1, text);
      }
    }
    assertEquals(Set.of(Set.of("schedule", "schedule 2"), Set.of("schedule", "initial")), seen);
  }

  @Property
  void numbersLieWithinTheirEnds(
      @ForAll @DoubleRange(min = -300, max = 300) double one,
      @ForAll @DoubleRange(min = -300, max = 300) double other,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double position) {
    double low = Math.pow(10, Math.min(one, other));
    double high = Math.pow(10, Math.max(one, other));
    if (low < high) {
      for (Range range : List.of(new Range.Log(low, high), new Range.Uniform(low, high))) {
        double value = Double.parseDouble(range.at(position));
        assertTrue(low <= value && value <= high, range + " " + value);
      }
    }
  }

  @Property
  void wholeNumbersAndChoicesReachEachValue(@ForAll @IntRange(min = 2, max = 40) int count) {
    Range whole = new Range.Whole(5, 4 + count);
    List<String> options = IntStream.range(0, count).mapToObj(i -> "o" + i).toList();
    Range choice = new Range.Choice(options);
    List<String> wholes = new ArrayList<>();
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double position = (i + 0.5) / count;
      wholes.add(whole.at(position));
      chosen.add(choice.at(position));
      assertEquals(i / (count - 1.0), whole.shown(position), 1e-12);
      assertEquals(i / (count - 1.0), choice.shown(position), 1e-12);
    }
    assertEquals(IntStream.range(5, 5 + count).mapToObj(Integer::toString).toList(), wholes);
    assertEquals(options, chosen);
  }

  /** Of 16 points of a Sobol sequence each sixteenth of an axis has one, wherever they begin. */
  @Test
  void pointsFillEachAxisEvenly() {
    SearchSpace space = space("a", "uniform(0, 1)", "b", "log(1, 2)", "c", "uniform(3, 4)");
    for (String name : names(space)) {
      Set<Integer> cells = new HashSet<>();
      double first = space.at(0).positions().get(name);
      for (int i = 0; i < 16; i++) {
        double position = space.at(i).positions().get(name) - first;
        cells.add((int) Math.floor(16 * (position < -1e-9 ? position + 1 : position) + 1e-6));
      }
      assertEquals(16, cells.size(), name);
    }
  }

  @Test
  void theSameSeedGivesTheSamePointsInAnyOrder() {
    SearchSpace space = space("a", "uniform(0, 1)", "b", "log(1, 2)");
    SearchPoint seventh = space.at(7);
    space.at(3);
    assertEquals(seventh, space.at(7));
    assertEquals(seventh, space("a", "uniform(0, 1)", "b", "log(1, 2)").at(7));
    Map<String, List<String>> options = Map.of("a", List.of("uniform(0, 1)"));
    assertNotEquals(
        new SearchSpace(options, 1).at(0).values(), new SearchSpace(options, 2).at(0).values());
  }
}
