package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of other frameworks, each beside the optimizer of ours that stands for it, in double
 * precision and within the tolerance that the figures come with.
 */
class GoldenTest {
  /** Schedules of theirs, for cases that do not list the values. */
  private static final Map<String, IntToDoubleFunction> SCHEDULES =
      Map.of("piecewise_constant", t -> t < 10 ? 0.1 : 0.01, "warmup_cosine", GoldenTest::cosine);

  private final Catalogue catalogue = Catalogue.load();

  private static double cosine(int t) {
    return t < 5
        ? 0.05 * t / 5
        : 0.001 + (0.05 - 0.001) * (1 + Math.cos(Math.PI * (t - 5) / 15)) / 2;
  }

  /** A line of {@code ours.txt}. */
  private record Ours(String file, String name, String spec, List<String> options) {
    static Ours parse(String line) {
      String[] columns = line.split("\\s*\\|\\s*");
      return new Ours(
          columns[0],
          columns[1],
          columns[2].strip(),
          Arrays.stream(columns).skip(3).map(String::strip).toList());
    }

    JsonNode golden() {
      return cases(file)
          .filter(each -> each.get("case").asString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no case " + name + " in " + file));
    }

    boolean exists() {
      return !spec.startsWith("-");
    }

    /** The tolerance that the figures may come with at the most. */
    double loosest() {
      return options.stream()
          .filter(option -> option.startsWith("within "))
          .mapToDouble(option -> Double.parseDouble(option.substring(7)))
          .findFirst()
          .orElse(1e-10);
    }

    /** The hyper-parameters whose values are listed, each with the list. */
    Map<String, IntToDoubleFunction> listed(JsonNode golden) {
      Map<String, IntToDoubleFunction> listed = new HashMap<>();
      for (String option : options) {
        int at = option.indexOf('=');
        if (at > 0) {
          String field = option.substring(at + 1);
          IntToDoubleFunction values =
              golden.has(field)
                  ? t -> golden.get(field).get(t).asDouble()
                  : Objects.requireNonNull(SCHEDULES.get(field), field);
          listed.put(option.substring(0, at), values);
        }
      }
      return listed;
    }
  }

  @TestFactory
  Stream<DynamicTest> oursAreTheirs() {
    return ours()
        .filter(Ours::exists)
        .map(ours -> DynamicTest.dynamicTest(ours.file() + " " + ours.name(), () -> compare(ours)));
  }

  private void compare(Ours ours) {
    JsonNode golden = ours.golden();
    Optimizer optimizer = catalogue.optimizer(ours.spec());
    String field = ours.options().stream().filter(golden::has).findFirst().orElse("expected");
    int sign = ours.options().contains("maximize") ? -1 : 1;
    assertTrue(golden.get("tolerance").get("rtol").asDouble() <= ours.loosest());

    JsonNode start = golden.get("input").get("x0");
    int rows = start.get(0).isArray() ? start.size() : 1;
    Doubles run = new Doubles(optimizer, ours.listed(golden), rows, numbers(start));
    JsonNode losses = golden.get("input").path("value_per_step");
    JsonNode expected = golden.get(field);
    List<double[]> gradients = gradients(golden.get("input"));
    assertEquals(gradients.size(), expected.size());
    for (int k = 0; k < expected.size(); k++) {
      double[] gradient = gradients.get(k);
      run.step(losses.path(k).asDouble(0), Arrays.stream(gradient).map(g -> sign * g).toArray());
      same(golden, numbers(expected.get(k)), run.weights(), "step " + k);
      if (golden.has("expected_eval_x")) {
        double[] measured = numbers(golden.get("expected_eval_x").get(k));
        same(golden, measured, run.evaluated(), "measured after step " + k);
      }
    }
  }

  private static void same(JsonNode golden, double[] theirs, double[] ours, String when) {
    double relative = golden.get("tolerance").get("rtol").asDouble();
    double absolute = golden.get("tolerance").get("atol").asDouble();
    for (int i = 0; i < theirs.length; i++) {
      double tolerance = absolute + relative * Math.abs(theirs[i]);
      assertEquals(theirs[i], ours[i], tolerance, when + ", weight " + i);
    }
  }

  /** Those of each step; some list only the rows that are not 0. */
  private static List<double[]> gradients(JsonNode input) {
    JsonNode sparse = input.path("sparse_grads_per_step");
    JsonNode all = sparse.isMissingNode() ? input.get("grads_per_step") : sparse;
    return StreamSupport.stream(all.spliterator(), false)
        .map(each -> each.has("rows") ? dense(each, input.get("x0")) : numbers(each))
        .toList();
  }

  private static double[] dense(JsonNode sparse, JsonNode like) {
    double[] all = new double[numbers(like).length];
    int columns = like.get(0).size();
    for (int i = 0; i < sparse.get("rows").size(); i++) {
      double[] row = numbers(sparse.get("values").get(i));
      System.arraycopy(row, 0, all, sparse.get("rows").get(i).asInt() * columns, columns);
    }
    return all;
  }

  /** The average that ASGD keeps is no weight, so the figures of the steps say nothing about it. */
  @Test
  void theAverageOfAsgdIsTheirs() {
    JsonNode golden =
        cases("torch113_opt_asgd")
            .filter(each -> each.get("case").asString().equals("alpha_wd"))
            .findFirst()
            .orElseThrow();
    Doubles run =
        new Doubles(
            catalogue.optimizer("asgd(0.1, lambd=0.01, alpha=0.5, t0=3, weight_decay=0.05)"),
            numbers(golden.get("input").get("x0")));
    golden.get("input").get("grads_per_step").forEach(gradient -> run.step(numbers(gradient)));
    double[] theirs = numbers(golden.get("final_state").get("ax"));
    assertTrue(theirs.length > 1);
    for (int i = 0; i < theirs.length; i++) {
      assertEquals(theirs[i], run.slot("average")[i], 1e-12 * Math.abs(theirs[i]) + 1e-13);
    }
  }

  @Test
  void theAverageToEvaluateWithIsThatOfKeras() {
    JsonNode golden =
        cases("keras_src_opt_sgd").filter(each -> each.has("final_ema")).findFirst().orElseThrow();
    Doubles run =
        new Doubles(
            catalogue.optimizer("ema(sgd(0.1), momentum=0.8, overwrite_every=4)"),
            numbers(golden.get("input").get("x0")));
    golden.get("input").get("grads_per_step").forEach(gradient -> run.step(numbers(gradient)));
    assertArrayEquals(numbers(golden.get("final_ema")), run.evaluated(), 1e-13);
  }

  @Test
  void noCaseIsLeftOut() {
    Map<String, TreeSet<String>> listed =
        ours()
            .collect(
                Collectors.groupingBy(
                    Ours::file,
                    Collectors.mapping(Ours::name, Collectors.toCollection(TreeSet::new))));
    listed.forEach((file, names) ->
        assertEquals(
            cases(file)
                .map(each -> each.get("case").asString())
                .collect(Collectors.toCollection(TreeSet::new)),
            names));
  }

  /** Of an array, or of an array of arrays row by row. */
  static double[] numbers(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .flatMapToDouble(each ->
            each.isArray() ? Arrays.stream(numbers(each)) : DoubleStream.of(each.asDouble()))
        .toArray();
  }

  private static Stream<Ours> ours() {
    try (InputStream stream = open("ours.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).map(Ours::parse).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> cases(String file) {
    try (InputStream stream = open(file + ".json")) {
      return StreamSupport.stream(
          JsonMapper.shared().readTree(stream).get("cases").spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/golden/" + file), file);
  }
}
