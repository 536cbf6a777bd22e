package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Embedding;
import dev.anneal.nn.layer.LayerNormalization;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regularized;
import dev.anneal.nn.loss.SmoothedCrossEntropy;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's result does not depend on threads, on the width of vectors or on the process. */
class SameBitsTest {
  private static final String NESTEROV = "sgd(learning_rate=0.05, momentum=0.9, nesterov=true)";

  /** 103 samples in batches of 32: the last batch of an epoch has 7. */
  private static final Samples SAMPLES = TestData.clouds(103, 20, 3);

  /** Wide enough that products, elementwise steps and updates are all cut into several tasks. */
  private static final Sequential MODEL = Mlp.parse("20-300-64-3").withDropout(0.3).model();

  /** A run to be repeated on other threads, at other widths, with and without fused updates. */
  private record Setting(Model model, Loss loss, String optimizer, Samples samples, int batch) {
    static Setting of(Mlp mlp, String optimizer, int samples, int batch) {
      return new Setting(
          mlp.model(),
          mlp.loss(),
          optimizer,
          TestData.clouds(samples, mlp.features(), mlp.classes()),
          batch);
    }

    Result run(int threads, Width width, boolean fuse, long seed) {
      try (Workers workers = new Workers(threads)) {
        return run(workers, width, fuse, seed);
      }
    }

    Result run(Workers workers, Width width, boolean fuse, long seed) {
      Groups groups = Groups.of(TestData.optimizer(optimizer));
      Trainer trainer = TestData.trainer(model, loss, groups, batch, seed, workers, width, fuse);
      History history =
          TestData.fit(
              trainer, samples, Optional.of(samples), 3, Optional.empty(), TrainingListener.NONE);
      return new Result(
          list(trainer.weights()), history.rows().stream().map(Result::timeless).toList());
    }

    /** At every width, for some numbers of threads, and however weights are updated. */
    void check(int mostThreads) {
      Result expected = run(1, Width.SCALAR, false, 7);
      assertFalse(expected.weights.contains(Float.NaN), this::toString);
      for (Width width : Width.values()) {
        for (int threads = 1; threads <= mostThreads; threads++) {
          for (boolean fuse : new boolean[] {false, true}) {
            assertEquals(
                expected,
                run(threads, width, fuse, 7),
                "%s: %s, %d threads, fused %s".formatted(this, width, threads, fuse));
          }
        }
      }
    }
  }

  /** All that a run leaves behind. */
  private record Result(List<Float> weights, List<Map<Metric, Double>> metrics) {
    private static Map<Metric, Double> timeless(EpochMetrics row) {
      Map<Metric, Double> values = new LinkedHashMap<>(row.values());
      values.remove(Metric.SAMPLES_PER_SECOND);
      return values;
    }
  }

  private static List<Float> list(float[] weights) {
    List<Float> list = new ArrayList<>();
    for (float weight : weights) {
      list.add(weight);
    }
    return list;
  }

  private static Setting large(String optimizer) {
    return new Setting(MODEL, CrossEntropy.SPARSE_CATEGORICAL, optimizer, SAMPLES, 32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(learning_rate=0.05, momentum=0.9)", NESTEROV, "adam(0.003)"})
  void atEveryWidthAndForAnyNumberOfThreads(String optimizer) {
    large(optimizer).check(4);
  }

  /**
   * Sizes and batches on both sides of the edges of tiles and panels; the last batch has 1 to 53.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 17, 34, 50, 63, 64, 65})
  void raggedNetsInRaggedBatches(int batch) {
    Setting.of(Mlp.parse("34-34-1"), "sgd(learning_rate=0.1, momentum=0.8)", 103, batch).check(3);
    Mlp three = Mlp.parse("20-70-130-3").withHidden(Activation.TANH);
    Setting.of(three, "adam(0.003)", 67, batch).check(3);
  }

  @ParameterizedTest
  @EnumSource
  void layersOfStrangers(Stranger stranger) {
    Sequential model = Sequential.of(20, new Dense(33), stranger.layer(), new Dense(3));
    for (String optimizer : List.of("sgd(learning_rate=0.01, momentum=0.9)", "adam(0.003)")) {
      new Setting(model, CrossEntropy.SPARSE_CATEGORICAL, optimizer, SAMPLES, 32).check(2);
    }
  }

  /** Running values are kept the same too. */
  @Test
  void normalizedAndResidual() {
    Sequential model =
        Sequential.of(
            20,
            new BatchNormalization(),
            new Dense(33),
            Residual.of(new LayerNormalization(), Activation.GELU, new Dense(33)),
            new BatchNormalization(0.5, 1e-3),
            new Dropout(0.2),
            new Dense(3));
    Loss loss =
        new Regularized(
            new SmoothedCrossEntropy(0.1, List.of(1.0, 2.0, 0.5)), "*.kernel", 1e-3, 1e-3);
    new Setting(model, loss, "sgd(learning_rate=0.01, momentum=0.9)", SAMPLES, 32).check(4);
  }

  static List<String> images() {
    return ImageNets.LAYERS;
  }

  @ParameterizedTest
  @MethodSource("images")
  void images(String layers) {
    Sequential model = ImageNets.of(layers);
    Samples samples = TestData.clouds(103, model.features(), 3);
    new Setting(model, CrossEntropy.SPARSE_CATEGORICAL, "adam(0.003)", samples, 32).check(3);
  }

  @Test
  void anEmbeddingWithSharedRows() {
    Model whole =
        Model.of(
            20,
            (scope, x) -> {
              Expression each = new Expression.Operand(0);
              Node index = scope.graph().rowArgMax(scope.graph().slice(x, 0, 6));
              Node other = scope.graph().rowArgMax(scope.graph().slice(x, 6, 13));
              Node both = scope.graph().concatenate(index, other);
              Node looked = scope.apply(new Embedding(7, 40), both);
              return scope.apply(new Dense(3), scope.graph().elementwise(each.tanh(), looked));
            });
    new Setting(whole, CrossEntropy.SPARSE_CATEGORICAL, "adam(0.003)", SAMPLES, 32).check(4);
  }

  /** What is measured between two updates leaves both the weights and the next batch alone. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aListenerMayMeasureAtAnyTime(int threads) {
    Result expected = large(NESTEROV).run(threads, Width.preferred(), true, 7);
    try (Workers workers = new Workers(threads)) {
      Trainer trainer =
          TestData.trainer(
              MODEL, CrossEntropy.SPARSE_CATEGORICAL, TestData.optimizer(NESTEROV), 32, 7, workers);
      TrainingListener measuring =
          new TrainingListener() {
            @Override
            public void batch(Live live) {
              assertEquals(trainer.evaluate(SAMPLES), trainer.evaluate(SAMPLES));
              trainer.predict(Tensor.zeros(300, 20));
            }
          };
      TestData.fit(trainer, SAMPLES, Optional.empty(), 3, Optional.empty(), measuring);
      assertEquals(expected.weights, list(trainer.weights()));
    }
  }

  /** Each in a thread of its own, all on one team. */
  @Test
  void trainersMayShareWorkersAtTheSameTime() throws Exception {
    Setting setting = large(NESTEROV);
    try (Workers workers = new Workers(2);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Result>> together = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int seed = i % 3;
        together.add(
            threads.submit(() -> setting.run(workers, Width.preferred(), seed != 1, seed)));
      }
      for (int i = 0; i < 12; i++) {
        Result alone = setting.run(1, Width.preferred(), i % 3 != 1, i % 3);
        assertEquals(alone, together.get(i).get(), "trainer " + i);
      }
    }
  }

  @Test
  void theSeedDecides() {
    Result seven = large(NESTEROV).run(2, Width.preferred(), true, 7);
    assertEquals(seven, large(NESTEROV).run(2, Width.preferred(), true, 7));
    Result eight = large(NESTEROV).run(2, Width.preferred(), true, 8);
    assertFalse(seven.weights.equals(eight.weights));
    assertFalse(seven.metrics.equals(eight.metrics));
  }

  /** The first weights are a function of seed and shape: not of the batch, the loss or the rest. */
  @Test
  void firstWeightsDependOnSeedAndShapeAlone() {
    try (Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      var loss = CrossEntropy.SPARSE_CATEGORICAL;
      var sgd = TestData.optimizer("sgd");
      float[] first =
          TestData.trainer(MODEL, loss, Groups.of(sgd), 32, 7, one, Width.SCALAR, true).weights();
      Sequential other = Mlp.parse("20-300-64-3").withHidden(Activation.TANH).model();
      var adam = TestData.optimizer("adam");
      assertArrayEquals(
          first,
          TestData.trainer(other, loss, Groups.of(adam), 5, 7, two, Width.preferred(), false)
              .weights());
      float[] seeded =
          TestData.trainer(MODEL, loss, Groups.of(sgd), 32, 8, one, Width.SCALAR, true).weights();
      assertFalse(Arrays.equals(first, seeded));
      // A layer more at the end leaves the weights before it as they are.
      Sequential longer = Mlp.parse("20-300-64-3-3").model();
      float[] more =
          TestData.trainer(longer, loss, Groups.of(sgd), 32, 7, one, Width.SCALAR, true).weights();
      assertArrayEquals(first, Arrays.copyOf(more, first.length));
    }
  }

  /** Evaluation takes batches of at least 256; the samples do not notice. */
  @Test
  void theEvaluationBatchDoesNotMatter() {
    Samples many = TestData.clouds(700, 20, 3);
    try (Workers workers = new Workers(2)) {
      var loss = CrossEntropy.SPARSE_CATEGORICAL;
      var sgd = TestData.optimizer("sgd");
      Trainer small = TestData.trainer(MODEL, loss, sgd, 1, 7, workers);
      Trainer large = TestData.trainer(MODEL, loss, sgd, 611, 7, workers);
      assertEquals(small.evaluate(many), large.evaluate(many));
      float[] rows = new float[300 * 20];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i % 37 * 0.1f - 1;
      }
      float[] together = small.predict(Tensor.of(rows, 300, 20)).elements();
      for (int row = 0; row < 300; row++) {
        assertArrayEquals(
            Arrays.copyOfRange(together, row * 3, row * 3 + 3),
            small
                .predict(Tensor.of(Arrays.copyOfRange(rows, row * 20, row * 20 + 20), 1, 20))
                .elements());
      }
    }
  }

  /** What another process runs, on the class path: the same training with so many threads each. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) {
      for (String threads : args) {
        System.out.println(Width.preferred() + " " + hash(Integer.parseInt(threads)));
      }
    }

    static String hash(int threads) {
      Result result = large(NESTEROV).run(threads, Width.preferred(), true, 7);
      try {
        byte[] text = result.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** With the same numbers of threads in another process: the same bits, at this width. */
  private static void another(Width width, List<String> options, List<String> threads)
      throws Exception {
    Object sgd = TestData.optimizer(NESTEROV);
    Stream<String> modules =
        Stream.of(
                InputException.class,
                Width.class,
                Trainer.class,
                SAMPLES.getClass(),
                sgd.getClass())
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath());
    String classPath =
        Stream.concat(modules, Stream.of(Path.of("target", "test-classes").toString()))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, OtherProcess.class.getName()));
    command.addAll(threads);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String line = width + " " + OtherProcess.hash(1);
    assertEquals(threads.stream().map(_ -> line).toList(), output.lines().toList());
  }

  @Test
  void aProcessWithoutTheVectorApiTrainsTheSameBits() throws Exception {
    another(Width.SCALAR, List.of(), List.of("2"));
  }

  /** Vector code from the first call on, also where it is never compiled. */
  private static void another(String compiler, Width width, int... threads) throws Exception {
    another(
        width,
        List.of(
            compiler,
            "-Danneal.vector.bits=" + width.bits(),
            "-Danneal.warm-up=false",
            "--add-modules=jdk.incubator.vector"),
        IntStream.of(threads).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "-Xint, SCALAR",
    "-XX:TieredStopAtLevel=1, BITS_128",
    "-Xbatch, BITS_256",
    "-Xbatch, BITS_512"
  })
  void soDoOtherCompilers(String compiler, Width width) throws Exception {
    another(compiler, width, 1, 3, 8);
  }

  /** Whatever is compiled when, and which thread is first. */
  @Tag("slow")
  @RepeatedTest(20)
  void fourOfThemTimeAndAgain() throws Exception {
    another("-Xint", Width.SCALAR, 3);
    another("-XX:TieredStopAtLevel=1", Width.BITS_128, 8);
    another("-Xbatch", Width.BITS_256, 5);
    another("-XX:+UseParallelGC", Width.BITS_512, 2); // both compilers, beside the work
  }

  /** The interpreter, C1, and C2, which is waited for. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-Xbatch"})
  void whateverCompilesAtEveryWidthAndForOneToEightThreads(String compiler) throws Exception {
    for (Width width : Width.values()) {
      another(compiler, width, 1, 2, 3, 4, 5, 6, 7, 8);
    }
  }
}
