package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.predict.ModelFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final Model OLD = net("conv(4, 3), relu, batch-normalization, flatten, dense(8)");
  private static final Samples SAMPLES = TestData.clouds(60, OLD.features(), 3);

  private static Model net(String layers) {
    return ImageNets.of(layers);
  }

  private static Trainer trainer(Model model, Workers workers, String groups) {
    return TestData.trainer(
        model, CrossEntropy.SPARSE_CATEGORICAL, TestData.groups(groups), 20, 3, workers);
  }

  private static Map<String, StoredArray> learned(Workers workers) {
    Trainer trainer = trainer(OLD, workers, "adam(0.01)");
    trainer.fit(SAMPLES);
    return ModelFile.of(OLD, "", trainer.weights(), List.of("a", "b", "c"), "", "").weights();
  }

  @Test
  void takesWhatHasItsNameAndShape() {
    try (Workers workers = new Workers(1)) {
      Map<String, StoredArray> weights = learned(workers);
      Model other = net("conv(4, 3), relu, batch-normalization, flatten, dense(5), dense(7)");
      Transfer transfer = Transfer.of(weights, other, "*.bias");
      assertEquals(
          """
          taken: conv_1.kernel, batch_normalization_1.scale, batch_normalization_1.shift, \
          batch_normalization_1.running_mean, batch_normalization_1.running_variance
          start anew: conv_1.bias, dense_1.bias, dense_2.bias, dense_3.bias
          not there: dense_3.kernel
          of another shape: dense_1.kernel [48, 8] instead of [48, 5], dense_2.kernel [8, 3] \
          instead of [5, 7]\
          """,
          transfer.toString());
      assertEquals(
          "not used: conv_1.bias",
          Transfer.of(only(weights, "conv_1.bias"), net("flatten"))
              .toString()
              .lines()
              .toList()
              .getLast());

      Trainer with = trainer(other, workers, "sgd(0); conv_1: frozen");
      float[] before = with.weights();
      transfer.into(with);
      for (Parameter parameter : other.parameters()) {
        float[] now = with.weights(parameter).elements();
        if (transfer.taken().containsKey(parameter)) {
          assertArrayEquals(((StoredArray.F32) weights.get(parameter.name())).values(), now);
        }
      }
      assertEquals(before.length, with.weights().length);
    }
  }

  /** All of it: training goes on from there, and a frozen layer keeps what it has. */
  @Test
  void aFrozenLayerKeepsWhatItWasGiven() {
    try (Workers workers = new Workers(1)) {
      Map<String, StoredArray> weights = learned(workers);
      Trainer trainer = trainer(OLD, workers, "adam(0.01); conv_1: frozen");
      Transfer transfer = Transfer.of(weights, OLD);
      assertEquals(OLD.parameters().size(), transfer.taken().size());
      transfer.into(trainer);
      trainer.fit(SAMPLES);
      Parameter kernel = OLD.parameters().getFirst();
      assertArrayEquals(
          ((StoredArray.F32) weights.get(kernel.name())).values(),
          trainer.weights(kernel).elements());
    }
  }

  private static Map<String, StoredArray> only(Map<String, StoredArray> weights, String name) {
    Map<String, StoredArray> one = new LinkedHashMap<>(weights);
    one.keySet().retainAll(List.of(name));
    return one;
  }
}
