package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.file.Safetensors;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Ending;
import dev.anneal.nn.training.Metric;
import dev.anneal.nn.training.Monitor;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schedule and every optimizer of the catalogue, stopped and resumed: what is written at a
 * step, read back and trained on ends with the same weights and metrics as what never stopped.
 */
class EveryRuleResumedTest {
  private static final int STEPS = 300;
  private static final int BATCH = 2;
  private static final int EPOCHS = 10;

  /** Meets each position in an epoch of 30 steps once, its last step among them. */
  private static final int SOME = 29;

  private static final Mlp MLP = Mlp.parse("4-5-3").withDropout(0.1);
  private static final Samples SAMPLES = clouds(BATCH * STEPS / EPOCHS);
  private static final Samples HELD = clouds(20);
  private static final Catalogue PLUGINS = Catalogue.load();
  private static final Workers WORKERS = new Workers(1);

  /** What it takes to write each down, and to see it change within 300 steps. */
  private static final Map<String, List<String>> SCHEDULES = new LinkedHashMap<>();

  private static void schedule(String name, String... parameters) {
    SCHEDULES.put(name, List.of(parameters));
  }

  static {
    String cosine = "cosine(0.05) per iteration";
    schedule("constant", "0.05");
    schedule("polynomial", "0.05, power=2", "0.05, end=0.01, over=40it, cycle=true");
    schedule("time-based", "0.05, decay=0.01", "0.05, decay=0.01, form=recursive");
    schedule("exponential", "0.05, rate=0.01");
    schedule("step", "0.05, factor=0.7, every=2ep", "0.05, factor=0.9, every=17it, offset=1");
    schedule("linear", "0.05");
    schedule("piecewise-constant", "[0.05, 0.02, 0.01], boundaries=[45it, 6ep]");
    schedule("multi-step", "0.05, factor=0.5, at=[45it, 6ep]");
    schedule("piecewise-linear", "[0.01, 0.05, 0], boundaries=[45it, 100%], curve=cosine");
    schedule("exponential-decay", "0.05, rate=0.8, over=50it, staircase=true");
    schedule("inverse-time", "0.05, rate=0.5, over=50it");
    schedule("cosine", "0.05", "0.05, floor=0.01, over=70it, after=rise");
    schedule("cosine-restarts", "0.05, period=40it, period_multiplier=2, height_multiplier=0.7");
    schedule("tanh", "0.05");
    schedule("rex", "0.05");
    schedule("warmup", cosine + ", over=50it", cosine + ", over=2ep, clock=multiply");
    schedule("sequence", "[" + cosine + ", plateau(0.03, patience=1)], boundaries=[100it]");
    schedule("repeat", cosine + ", every=37it");
    schedule("shift", cosine + ", by=40it");
    schedule("scale", cosine + ", factor=0.5");
    schedule("clamp", cosine + ", low=0.01, high=0.04");
    schedule("product", "[" + cosine + ", plateau(1, patience=1)]");
    schedule("sum", "[" + cosine + ", plateau(0.01, patience=1)]");
    schedule("max", "[" + cosine + ", plateau(0.03, patience=1)]");
    schedule("min", "[" + cosine + ", plateau(0.03, patience=1)]");
    schedule("triangular", "0.01, peak=0.05, up=20it");
    schedule("triangular2", "0.01, peak=0.05, up=20it, down=30it");
    schedule("exp-range", "0.01, peak=0.05, up=20it, gamma=0.99");
    schedule("one-cycle", "0.05", "0.05, dialect=optax", "0.05, dialect=fastai");
    schedule("one-cycle-momentum", "", "dialect=optax", "dialect=fastai");
    schedule("constant-with-warmup", "0.05, warmup=50it");
    schedule("linear-with-warmup", "0.05, warmup=50it");
    schedule("cosine-with-warmup", "0.05, warmup=50it");
    schedule("polynomial-with-warmup", "0.05, warmup=50it");
    schedule("inverse-sqrt-with-warmup", "0.05, warmup=50it");
    schedule("inverse-sqrt", "0.05, timescale=50it");
    schedule("noam", "64, warmup=50it");
    schedule("wsd", "0.05, warmup=50it, cooldown=100it");
    schedule("flat-cosine", "0.05");
    schedule("snapshot", "0.05, cycles=4");
    schedule("swa", cosine + ", swa_rate=0.02, at=150it, over=2ep");
    schedule("multiplicative", "0.05, factor=exponential(1, rate=0.001) per iteration");
    schedule(
        "plateau",
        cosine + ", patience=0",
        cosine + ", patience=1, cooldown=1, monitor=\"accuracy\", dialect=torch");
    schedule("greedy", cosine, "0.05, patience=0");
    schedule("spike-guard", cosine, "0.05, monitor=\"loss\"");
    schedule("formula", "\"0.05 / (1 + t / 100)\"", "\"0.05 * exp(-3 * progress)\"");
  }

  private static Samples clouds(int size) {
    Random random = new Random(size);
    float[][] rows = new float[size][MLP.features()];
    int[] labels = new int[size];
    for (int row = 0; row < size; row++) {
      labels[row] = random.nextInt(MLP.classes());
      for (int i = 0; i < rows[row].length; i++) {
        rows[row][i] = (float) (random.nextGaussian() + (i == labels[row] ? 1 : 0));
      }
    }
    return ArraySamples.of(rows, labels, MLP.classes());
  }

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  private static Stream<PluginDescription> plugins(String kind) {
    return PLUGINS.plugins().stream().filter(plugin -> plugin.kind().equals(kind));
  }

  static Stream<String> schedules() {
    return plugins("schedule")
        .flatMap(plugin -> {
          List<String> units =
              plugin.hasUnit() ? List.of(" per iteration", " per epoch") : List.of("");
          String rule =
              plugin.name().equals("one-cycle-momentum") ? "sgd(0.05, momentum=%s)" : "sgd(%s)";
          return SCHEDULES.getOrDefault(plugin.name(), List.of()).stream()
              .map(parameters -> plugin.name() + "(" + parameters + ")")
              .flatMap(text -> units.stream().map(unit -> text + unit))
              .map(rule::formatted);
        });
  }

  /** By its defaults; in each dialect; with each switch the other way; alone and in groups. */
  static Stream<String> optimizers() {
    return plugins("optimizer")
        .flatMap(plugin ->
            Stream.concat(
                    Stream.of(""),
                    plugin.parameters().stream().flatMap(EveryRuleResumedTest::others))
                .flatMap(more -> Stream.of(alone(plugin, more), grouped(plugin, more))))
        .filter(EveryRuleResumedTest::isValid);
  }

  private static Stream<String> others(ParameterDescription parameter) {
    if (parameter.type().equals("true or false")) {
      boolean byDefault = Boolean.parseBoolean(parameter.byDefault());
      return Stream.of(", " + parameter.name() + "=" + !byDefault);
    }
    return parameter.name().equals("dialect")
        ? Arrays.stream(parameter.type().split(", | or ", -1))
            .filter(word -> !word.equals(parameter.byDefault()))
            .map(word -> ", dialect=" + word)
        : Stream.of();
  }

  private static String alone(PluginDescription plugin, String more) {
    return optimizer(plugin, "%s", more);
  }

  private static String grouped(PluginDescription plugin, String more) {
    return optimizer(plugin, "cosine(%s) per iteration", more)
        + "; dense_1: "
        + optimizer(plugin, "plateau(%s, patience=0)", more)
        + "; dense_2.bias: frozen until 100it";
  }

  /**
   * With a rate around the one that it has by default; what goes around another goes around Adam.
   */
  private static String optimizer(PluginDescription plugin, String rate, String more) {
    Optional<String> own =
        plugin.parameters().stream()
            .filter(parameter -> parameter.name().equals("learning_rate"))
            .map(ParameterDescription::byDefault)
            .findFirst();
    String first =
        own.isPresent() ? rate.formatted(own.get()) : "adam(" + rate.formatted("0.01") + ")";
    String needed =
        switch (plugin.name()) {
          case "accumulate" -> ", steps=4";
          case "adopt" -> ", epsilon=0.1"; // where nothing is clipped it divides by that at first
          case "clip" -> ", global_norm=0.1";
          default -> "";
        };
    return plugin.name() + "(" + first + needed + more + ")";
  }

  private static boolean isValid(String groups) {
    try {
      Groups.parse(groups, PLUGINS);
      return true;
    } catch (InputException _) {
      return false;
    }
  }

  /** Where one wraps another that keeps something too, or moves on in steps of its own. */
  static Stream<String> together() {
    return Stream.of(
        "accumulate(clip(ema(sgd(0.05, momentum=0.9)), norm=1), steps=3)",
        "ema(sgd(0.05, momentum=0.9), overwrite_every=7)",
        "lookahead(accumulate(adam(0.01), steps=3), k=4)",
        "sam(lookahead(adam(0.01), k=4))",
        "gradient-noise(ema(adam(cosine(0.01) per iteration)))",
        "lookahead(shampoo(0.1)); dense_1: ema(muon(0.01))",
        "adam(0.01); dense_1: sam(sgd(0.1)); dense_2.bias: accumulate(lion(0.001), steps=5)");
  }

  private static Training training(String groups) {
    return Training.ofGroups(MLP.model(), MLP.loss(), Groups.parse(groups, PLUGINS))
        .batch(BATCH)
        .epochs(EPOCHS)
        .seed(3)
        .validation(HELD)
        .restoringBest(new Monitor("val_loss", 0))
        .workers(WORKERS);
  }

  /** All that a run leaves, but for the time that it took. */
  private record Result(List<Float> weights, List<Map<Metric, Double>> metrics, int kept) {
    static Result of(Trainer trainer, Session session) {
      float[] weights = trainer.weights();
      return new Result(
          IntStream.range(0, weights.length).mapToObj(i -> weights[i]).toList(),
          session.history().rows().stream()
              .map(row -> {
                Map<Metric, Double> values = new LinkedHashMap<>(row.values());
                values.remove(Metric.SAMPLES_PER_SECOND);
                return values;
              })
              .toList(),
          session.keptEpoch());
    }
  }

  private static byte[] written(TrainingState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.toFile(new LinkedHashMap<>()).writeTo(Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  private static TrainingState read(byte[] bytes) throws IOException {
    return TrainingState.of(
        Safetensors.read(
            "state",
            Channels.newChannel(new ByteArrayInputStream(bytes)),
            bytes.length,
            Safetensors.Checksum.REQUIRED));
  }

  /** At every so many steps of a run. */
  private static void resumes(String groups, int every) throws IOException {
    Trainer whole = training(groups).trainer();
    Session session = whole.session(SAMPLES);
    List<byte[]> states = new ArrayList<>();
    boolean more = true;
    for (int step = 0; more; step++) {
      if (step % every == 0) {
        states.add(written(session.state()));
      }
      more = session.step();
    }
    assertEquals(Math.ceilDiv(STEPS, every), states.size());
    session.finish();
    assertEquals(Optional.of(Ending.COMPLETED), session.ending(), groups);
    Result expected = Result.of(whole, session);
    assertTrue(expected.metrics.getLast().values().stream().allMatch(Double::isFinite));
    for (int i = 0; i < states.size(); i++) {
      Trainer trainer = training(groups).trainer();
      Session resumed = trainer.session(SAMPLES);
      resumed.restore(read(states.get(i)));
      resumed.run();
      assertEquals(expected, Result.of(trainer, resumed), groups + " from step " + i * every);
    }
  }

  @Test
  void noScheduleIsForgotten() {
    assertEquals(
        plugins("schedule").map(PluginDescription::name).collect(Collectors.toSet()),
        SCHEDULES.keySet());
  }

  @Test
  void noOptimizerIsForgotten() {
    assertEquals(
        plugins("optimizer").map(PluginDescription::name).collect(Collectors.toSet()),
        optimizers().map(text -> text.substring(0, text.indexOf('('))).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource({"schedules", "optimizers", "together"})
  void goesOnFromSomeSteps(String groups) throws IOException {
    resumes(groups, SOME);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource({"schedules", "optimizers", "together"})
  void goesOnFromEveryStep(String groups) throws IOException {
    resumes(groups, 1);
  }
}
