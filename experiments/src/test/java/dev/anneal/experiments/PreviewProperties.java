package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.InputException;
import dev.anneal.core.data.Samples;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.core.work.Workers;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.Observer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PreviewProperties {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static Preview preview(String optimizer, int epochs, int iterations) {
    return new Preview(Experiment.learningRate(CATALOGUE.optimizer(optimizer)), epochs, iterations);
  }

  @Example
  void theTrapIsNamedWithItsFigures() {
    String warning = preview("sgd(lr=0.1, decay=0.01)", 50, 250).warning().orElseThrow();
    assertEquals(
        "the decay is applied 250 times an epoch: the rate is 0.0286 after epoch 1, not 0.099; if"
            + " 0.099 was meant, write time-based(initial=0.1, decay=0.01) per epoch, and no decay"
            + " in the optimizer",
        warning);
  }

  @Example
  void theFormToUseReadsBackAsTheRateThatWasMeant() {
    Preview trapped = preview("sgd(lr=exponential(initial=0.5, rate=0.1) per iteration)", 10, 250);
    String warning = trapped.warning().orElseThrow();
    String advice = warning.substring(warning.indexOf("write ") + "write ".length());
    Preview mended = new Preview(CATALOGUE.schedule(advice), 10, 250);
    assertEquals(0.5 * Math.exp(-0.1), mended.afterFirstEpoch(), 1e-15);
    assertTrue(mended.warning().isEmpty());
  }

  @Example
  void theReferenceDecayOfIonosphereIsNoTrap() {
    assertTrue(
        preview("sgd(lr=time-based(initial=0.1, decay=0.002) per iteration)", 50, 9)
            .warning()
            .isEmpty());
  }

  @Example
  void anInfiniteValueIsRefused() {
    Preview preview = new Preview(progress -> 1.0 / progress.epoch(), 3, 5);
    InputException refused = assertThrows(InputException.class, preview::start);
    assertTrue(String.valueOf(refused.getMessage()).contains("iteration 0"));
  }

  /** The preview is the training's own function: every update reads the very same bits. */
  @Property(tries = 30)
  void showsWhatTrainingReads(
      @ForAll @IntRange(min = 1, max = 4) int epochs,
      @ForAll @IntRange(min = 1, max = 9) int batch) {
    Samples samples =
        ArraySamples.of(
            new float[][] {{0, 1}, {1, 0}, {1, 1}, {0, 0}, {2, 1}, {1, 2}, {2, 2}},
            new int[] {0, 1, 0, 1, 0, 1, 0},
            2);
    DataSet set = new DataSet("made up", samples, Optional.empty(), List.of("a", "b"), "");
    Optimizer optimizer =
        CATALOGUE.optimizer("sgd(lr=polynomial(initial=0.1, power=2) per iteration, decay=0.3)");
    Experiment experiment =
        new Experiment("x", Mlp.parse("2-3-1"), optimizer, epochs, batch, 1, Optional.empty());
    TrainingData data = TrainingData.split(set, 0);
    try (Workers workers = new Workers(1)) {
      RunResult result = new Runner(workers).run(experiment, data, new Observer() {}).result();
      Preview preview =
          new Preview(experiment.learningRate(), epochs, data.iterationsPerEpoch(batch));
      assertEquals(preview.iterations(), result.learningRateCurve().size());
      for (RatePoint point : result.learningRateCurve()) {
        assertEquals(preview.at(point.iteration()), point.learningRate());
      }
      assertEquals(preview.end(), result.last().learningRate());
    }
  }
}
