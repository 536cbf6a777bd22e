package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.lint.Linter;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PreviewTrainingProperties {
  private static final Catalogue CATALOGUE = Catalogue.load();

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
    TrainingData data = TrainingData.split(set, 0);
    PreparedRun prepared =
        TestRuns.of(data, Mlp.parse("2-3-1"), Groups.of(optimizer), epochs, batch);
    try (Workers workers = new Workers(1)) {
      RunRecord result = new Runner(workers).run(prepared, TrainingListener.NONE).result();
      PlannedRun run = PlannedRun.of(epochs, data.iterationsPerEpoch(batch), false);
      HyperparameterPreview preview = Preview.ofOptimizer("x", optimizer, run).rate();
      assertEquals(run.iterations(), result.learningRateCurve().size());
      for (RatePoint point : result.learningRateCurve()) {
        assertEquals(preview.at(point.iteration()), point.learningRate());
      }
      assertEquals(preview.end(), result.kept().learningRate());
    }
  }

  @Example
  void theReferenceExperimentsPass() {
    for (String name : List.of("ionosphere", "fashion-mnist")) {
      Preset preset = Preset.of(name);
      int iterations = name.equals("ionosphere") ? 9 : 250;
      PlannedRun run = PlannedRun.of(preset.epochs(), iterations, true);
      for (Preset.Contender contender : preset.contenders()) {
        assertEquals(
            List.of(),
            Linter.check(
                Preview.ofOptimizer(
                    contender.name(), CATALOGUE.optimizer(contender.optimizer()), run)));
      }
    }
  }
}
