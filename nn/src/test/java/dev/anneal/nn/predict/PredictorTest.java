package dev.anneal.nn.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.training.TestData;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.testkit.Allocations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {
  private static final Samples SAMPLES = TestData.clouds(200, 6, 3);
  private static final List<String> NAMES = List.of("a", "b \"quoted\"", "ü");

  private static final Model CHAIN =
      Sequential.of(
          6,
          new Dense(70),
          new BatchNormalization(),
          Activation.LEAKY_RELU,
          new Dropout(0.2),
          Residual.of(new Dense(70), Activation.TANH),
          new Dense(3),
          Activation.SOFTMAX);

  @TempDir Path folder;

  private static Tensor rows() {
    float[] rows = new float[SAMPLES.size() * SAMPLES.features()];
    for (int i = 0; i < SAMPLES.size(); i++) {
      SAMPLES.copy(i, rows, i * SAMPLES.features());
    }
    return Tensor.of(rows, SAMPLES.size(), SAMPLES.features());
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  /** Trains a model, keeps it in a file, and tells what it predicted before that. */
  private Tensor trained(Model model) {
    try (Workers workers = new Workers(2)) {
      Trainer trainer =
          Training.of(model, CrossEntropy.SPARSE_CATEGORICAL, TestData.optimizer("ema(adam(0.01))"))
              .epochs(3)
              .workers(workers)
              .fit(SAMPLES);
      ModelFile.of(model, "mine", trainer.weights(), NAMES, "data: x\n", "").write(file());
      return trainer.predict(rows());
    }
  }

  @Test
  void predictsWhatTheTrainerDid() {
    Tensor expected = trained(CHAIN);
    Predictor predictor = Predictor.load(file());
    assertEquals(expected, predictor.predict(rows()));
    assertEquals(NAMES, predictor.classNames());
    assertEquals("data: x\n", ModelFile.read(file()).experiment());
    assertEquals(CHAIN, predictor.model());
  }

  @Test
  void whatCodeBuildsIsLoadedWithTheCode() {
    Model built = Model.of(6, (scope, x) -> CHAIN.forward(scope, x));
    Tensor expected = trained(built);
    assertEquals(expected, Predictor.load(file(), () -> built).predict(rows()));
    assertMessage("the model \"mine\" is built by Java code", () -> Predictor.load(file()));
    assertMessage(
        "it is that of another model",
        () -> Predictor.load(file(), () -> Sequential.of(6, new Dense(70))));
    assertMessage(
        "it is that of another model",
        () -> Predictor.load(file(), () -> Sequential.of(6, new Dense(71))));
  }

  private static void assertMessage(String part, Callable<?> action) {
    String message = String.valueOf(assertThrows(InputException.class, action::call).getMessage());
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void whatIsNoModelIsRefused() throws Exception {
    trained(CHAIN);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 5] ^= 1;
    Files.write(file(), bytes);
    assertMessage("model.safetensors", () -> Predictor.load(file()));
    assertMessage("no such file", () -> Predictor.load(folder.resolve("nowhere")));
    Files.writeString(file(), "nothing");
    assertMessage("model.safetensors", () -> Predictor.load(file()));
  }

  /** A thousand at once on eight threads, of one to all rows: each as if it were alone. */
  @Test
  void anyNumberOfThreadsPredictAtOnce() throws Exception {
    float[] expected = trained(CHAIN).elements();
    float[] rows = rows().elements();
    Predictor predictor = Predictor.load(file());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int call = 0; call < 1000; call++) {
        int count = 1 + call % SAMPLES.size();
        int from = SAMPLES.size() - count;
        all.add(
            threads.submit(() -> {
              float[] into = new float[count * 3];
              predictor.predict(Arrays.copyOfRange(rows, from * 6, rows.length), count, into);
              assertArrayEquals(Arrays.copyOfRange(expected, from * 3, expected.length), into);
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @Test
  void aCallIntoAGivenArrayAllocatesNothing() {
    trained(CHAIN);
    Predictor predictor = Predictor.load(file());
    float[] rows = rows().elements();
    float[] into = new float[SAMPLES.size() * 3];
    Allocations allocations = new Allocations();
    int clean = 0;
    for (int call = 0; clean < 100; call++) {
      long before = allocations.bytes();
      predictor.predict(rows, SAMPLES.size(), into);
      clean = allocations.bytes() == before ? clean + 1 : 0;
      assertTrue(call < 200_000, "it goes on allocating");
    }
  }

  @Test
  void classesAreThoseOfTheLargestOutput() {
    trained(CHAIN);
    Predictor predictor = Predictor.load(file());
    float[] outputs = {0.2f, 0.5f, 0.3f, 0.4f, 0.4f, 0.2f};
    assertEquals(1, predictor.classOf(outputs, 0));
    assertEquals(0, predictor.classOf(outputs, 1));
    assertThrows(InputException.class, () -> predictor.predict(new float[5], 1, new float[3]));
    assertThrows(InputException.class, () -> predictor.predict(new float[6], 1, new float[2]));
    assertThrows(InputException.class, () -> predictor.predict(Tensor.zeros(2, 5)));
  }
}
