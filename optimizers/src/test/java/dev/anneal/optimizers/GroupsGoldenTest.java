package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** PyTorch's groups of parameters and its averaged models. */
class GroupsGoldenTest {
  private final Catalogue catalogue = Catalogue.load();

  private static JsonNode golden(String file, String name) {
    return GoldenTest.cases(file)
        .filter(each -> each.get("case").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A group is an optimizer of its own; without a gradient it takes no step and counts none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd_two_groups | sgd(0.1, momentum=0.9, dialect=torch)"
            + " | sgd(0.01, momentum=0.5, weight_decay=0.1, dialect=torch)",
        "adam_intermittent_None_grad | adam(0.05, epsilon=1e-8, dialect=torch)"
            + " | adam(0.02, epsilon=1e-8, dialect=torch)"
      })
  void groupsAreTheirs(String name, String first, String second) {
    JsonNode golden = golden("torch113_param_groups", name);
    JsonNode input = golden.get("input");
    double[] start = GoldenTest.numbers(input.get("x0"));
    int split = input.get("split").get(0).asInt();
    Doubles one = new Doubles(catalogue.optimizer(first), Arrays.copyOf(start, split));
    Doubles two =
        new Doubles(catalogue.optimizer(second), Arrays.copyOfRange(start, split, start.length));
    Set<Integer> without = new HashSet<>();
    input.get("group1_grad_is_None_at_steps").forEach(step -> without.add(step.asInt()));
    JsonNode tolerance = golden.get("tolerance");
    for (int step = 0; step < golden.get("expected").size(); step++) {
      double[] gradient = GoldenTest.numbers(input.get("grads_per_step").get(step));
      one.step(Arrays.copyOf(gradient, split));
      if (!without.contains(step)) {
        two.step(Arrays.copyOfRange(gradient, split, start.length));
      }
      double[] theirs = GoldenTest.numbers(golden.get("expected").get(step));
      for (int i = 0; i < theirs.length; i++) {
        double ours = i < split ? one.weights()[i] : two.weights()[i - split];
        double allowed =
            tolerance.get("atol").asDouble()
                + tolerance.get("rtol").asDouble() * Math.abs(theirs[i]);
        assertEquals(theirs[i], ours, allowed, "step %d, weight %d".formatted(step, i));
      }
    }
  }

  /** With a momentum of t / (t + 1) each of the weights that a run went through counts alike. */
  @Test
  void theEqualAverageIsTheirs() {
    JsonNode golden = golden("torch113_averaged_model", "swa_equal_average");
    List<double[]> went =
        golden
            .get("input")
            .get("weights_per_update")
            .valueStream()
            .map(GoldenTest::numbers)
            .toList();
    double[] weights = new double[went.getFirst().length];
    Doubles run =
        new Doubles(
            catalogue.optimizer("ema(sgd(1))"),
            Map.of("ema_momentum", t -> t / (t + 1.0)),
            1,
            weights);
    for (int step = 0; step < went.size(); step++) {
      double[] to = went.get(step);
      double[] gradient = new double[to.length];
      Arrays.setAll(gradient, i -> run.weights()[i] - to[i]);
      run.step(gradient);
      double[] theirs = GoldenTest.numbers(golden.get("expected").get(step));
      for (int i = 0; i < theirs.length; i++) {
        assertEquals(theirs[i], run.evaluated()[i], 1e-12 * Math.abs(theirs[i]));
      }
    }
  }
}
