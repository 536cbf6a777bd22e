package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.training.Training;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Training that is measured.
 *
 * @param sizes of the layers, as {@link Mlp#parse} reads them
 * @param batch samples of a step
 * @param optimizer its specification
 * @param steps steps of an epoch
 */
record Workload(String sizes, int batch, String optimizer, int steps) {

  /**
   * Operations of a step's matrix products: forward, to the weights, and to the input of every
   * layer but the first.
   */
  double flops() {
    List<Integer> units = mlp().sizes();
    double flops = 0;
    for (int layer = 1; layer < units.size(); layer++) {
      double product = 2.0 * batch * units.get(layer - 1) * units.get(layer);
      flops += (layer == 1 ? 2 : 3) * product;
    }
    return flops;
  }

  private Mlp mlp() {
    return Mlp.parse(sizes);
  }

  /** Starts an endless run on noise: nothing that training could finish with. */
  EpochByEpoch start(Workers workers) {
    Mlp mlp = mlp();
    Training training =
        Training.of(mlp.model(), mlp.loss(), Catalogue.load().optimizer(optimizer))
            .batch(batch)
            .seed(1)
            .workers(workers);
    return new EpochByEpoch(training, samples(mlp));
  }

  private Samples samples(Mlp mlp) {
    float[][] rows = new float[steps * batch][];
    int[] labels = new int[rows.length];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Numbers.random(mlp.features(), i);
      labels[i] = random.nextInt(mlp.classes());
    }
    return ArraySamples.of(rows, labels, mlp.classes());
  }
}
