package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of other frameworks, each beside the schedule of ours that stands for it. */
class GoldenTest {
  private static final double RELATIVE = 1e-12;

  /**
   * Where a formula of theirs subtracts, as {@code 1 + cos} does, its result carries the rounding
   * of the numbers subtracted, whose size is that of the first value.
   */
  private static final double ROUNDING = 4e-16;

  private final Catalogue catalogue = Catalogue.load();

  /** A line of {@code ours.txt}. */
  private record Ours(
      String file, String name, int perEpoch, long total, String spec, String field) {
    static Ours parse(String line) {
      String[] columns = line.split("\\s*\\|\\s*");
      return new Ours(
          columns[0],
          columns[1],
          Integer.parseInt(columns[2]),
          Long.parseLong(columns[3]),
          columns[4].strip(),
          columns.length > 5 ? columns[5].strip() : "expected");
    }

    JsonNode golden() {
      return cases(file)
          .filter(each -> each.get("case").asString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no case " + name + " in " + file));
    }
  }

  @TestFactory
  Stream<DynamicTest> oursAreTheirs() {
    return lines("ours.txt")
        .filter(line -> !line.startsWith("#"))
        .map(Ours::parse)
        .map(ours ->
            DynamicTest.dynamicTest(
                ours.file() + " " + ours.name() + " " + ours.field(), () -> compare(ours)));
  }

  private void compare(Ours ours) {
    JsonNode golden = ours.golden();
    Schedule schedule = catalogue.schedule(ours.spec());
    JsonNode expected = golden.get(ours.field());
    assertTrue(expected.size() > 0);
    for (int k = 0; k < expected.size(); k++) {
      long iteration = iteration(golden, k, ours);
      double actual = schedule.at(Progress.at(iteration, ours.perEpoch(), ours.total()));
      double theirs = expected.get(k).asDouble();
      double off = Math.abs(actual - theirs);
      int at = k;
      assertFalse(
          off > RELATIVE * Math.abs(theirs) + ROUNDING * Math.abs(expected.get(0).asDouble()),
          () -> "row %d: %s, not %s".formatted(at, actual, theirs));
    }
  }

  private static long iteration(JsonNode golden, int k, Ours ours) {
    JsonNode input = golden.get("input");
    for (String parts : List.of("pct_train", "pos")) {
      if (input.has(parts)) {
        return Math.round(input.get(parts).get(k).asDouble() * ours.total());
      }
    }
    if (input.has("epochs")) {
      return (long) k * ours.perEpoch();
    }
    long step =
        input.has("steps") && input.get("steps").isArray() ? input.get("steps").get(k).asLong() : k;
    boolean countsFromOne = golden.path("params").path("t").asString("").startsWith("1");
    return countsFromOne ? step - 1 : step;
  }

  static Stream<JsonNode> cases(String file) {
    try (InputStream stream = open(file + ".json")) {
      return StreamSupport.stream(
          JsonMapper.shared().readTree(stream).get("cases").spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(String file) {
    try (InputStream stream = open(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/golden/" + file), file);
  }
}
