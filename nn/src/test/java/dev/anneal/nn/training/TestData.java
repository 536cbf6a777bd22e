package dev.anneal.nn.training;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.group.Groups;
import java.util.Random;

/** Samples and optimizers for training runs. */
public final class TestData {
  private static final Catalogue PLUGINS = Catalogue.load();

  private TestData() {}

  /** Gaussian clouds, one around each class's own centre. */
  public static Samples clouds(int size, int features, int classes) {
    Random random = new Random(size);
    float[][] centres = new float[classes][features];
    float[][] rows = new float[size][features];
    int[] labels = new int[size];
    for (float[] centre : centres) {
      add(random, centre);
    }
    for (int row = 0; row < size; row++) {
      labels[row] = random.nextInt(classes);
      rows[row] = centres[labels[row]].clone();
      add(random, rows[row]);
    }
    return ArraySamples.of(rows, labels, classes);
  }

  private static void add(Random random, float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] += (float) random.nextGaussian();
    }
  }

  public static Groups groups(String text) {
    return Groups.parse(text, PLUGINS);
  }

  public static Optimizer optimizer(String text) {
    return PLUGINS.optimizer(text);
  }
}
