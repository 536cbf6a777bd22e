package dev.anneal.nn.minimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The search beside PyTorch's, along lines with every kind of bend, and with jumps. */
class LineSearchTest {
  @TestFactory
  Stream<DynamicTest> evaluationsAreThoseOfPyTorch() {
    return Golden.cases("torch113_line_search")
        .map(golden -> DynamicTest.dynamicTest(golden.get("case").asString(), () -> check(golden)));
  }

  private static void check(JsonNode golden) {
    double[] function = Golden.numbers(golden.get("function"));
    List<Double> evaluations = new ArrayList<>();
    LineSearch.Point point =
        LineSearch.search(
            t -> {
              evaluations.add(t);
              return point(function, t);
            },
            point(function, 0),
            golden.get("first").asDouble(),
            golden.get("smallest").asDouble());
    assertArrayEquals(
        Golden.numbers(golden.get("evaluations")),
        evaluations.stream().mapToDouble(each -> each).toArray(),
        1e-12 * (1 + evaluations.getLast()));
    assertEquals(golden.get("at").asDouble(), point.at(), 1e-12 * (1 + point.at()));
  }

  /** How many evaluations a search takes, along a line that is the same everywhere. */
  private static int evaluations(double first, double slope, double value, double slopeThere) {
    int[] count = {0};
    LineSearch.search(
        t -> {
          count[0]++;
          return new LineSearch.Point(t, value, slopeThere, new double[1]);
        },
        new LineSearch.Point(0, 0, slope, new double[1]),
        first,
        1e-3);
    return count[0];
  }

  /** The first step will do, and just so; or it will not. */
  @Test
  void theConditionsOfWolfe() {
    assertEquals(1, evaluations(2, -3, 1e-4 * 2 * -3, 0));
    assertNotEquals(1, evaluations(2, -3, Math.nextUp(1e-4 * 2 * -3), 0));
    assertEquals(1, evaluations(0.5, -0.25, 1e-4 * 0.5 * -0.25, 0));
    assertNotEquals(1, evaluations(0.5, -0.25, Math.nextUp(1e-4 * 0.5 * -0.25), 0));
    for (int sign = -1; sign <= 1; sign += 2) {
      assertEquals(1, evaluations(1, -1, -0.5, sign * 0.9));
      assertNotEquals(1, evaluations(1, -1, -0.5, sign * Math.nextUp(0.9)));
    }
  }

  /** A polynomial, a bump, and jumps that the slope does not know of. */
  private static LineSearch.Point point(double[] p, double t) {
    double bump = 1 + p[6] * (t - p[5]) * (t - p[5]);
    double value =
        t * (p[0] + t * (p[1] + t * (p[2] + t * p[3]))) + p[4] / bump + p[7] * Math.floor(p[8] * t);
    double slope =
        p[0]
            + t * (2 * p[1] + t * (3 * p[2] + t * (4 * p[3])))
            - p[4] * (2 * p[6] * (t - p[5])) / (bump * bump);
    return new LineSearch.Point(t, value, slope, new double[] {slope});
  }
}
