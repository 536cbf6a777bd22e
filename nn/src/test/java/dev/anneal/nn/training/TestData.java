package dev.anneal.nn.training;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import java.util.List;
import java.util.Optional;
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

  static Trainer trainer(
      Model model, Loss loss, Optimizer optimizer, int batch, long seed, Workers workers) {
    return trainer(model, loss, Groups.of(optimizer), batch, seed, workers);
  }

  static Trainer trainer(
      Model model, Loss loss, Groups groups, int batch, long seed, Workers workers) {
    return trainer(model, loss, groups, batch, seed, workers, Width.preferred(), true);
  }

  /** A trainer that computes in a way that users do not choose. */
  static Trainer trainer(
      Model model,
      Loss loss,
      Groups groups,
      int batch,
      long seed,
      Workers workers,
      Width width,
      boolean fuse) {
    return new Trainer(
        List.of(Objective.alone(model, loss, groups)),
        List.of(),
        Optional.empty(),
        new Networks.Setting(batch, seed, workers, width, fuse),
        options(Optional.empty(), 1, Optional.empty(), TrainingListener.NONE));
  }

  static SessionOptions options(
      Optional<Samples> validation,
      int epochs,
      Optional<EarlyStopping> stopping,
      TrainingListener listener) {
    return new SessionOptions(
        epochs, validation, List.of(), stopping, Optional.empty(), false, Guard.STOP, listener);
  }

  static History fit(
      Trainer trainer,
      Samples samples,
      Optional<Samples> validation,
      int epochs,
      Optional<EarlyStopping> stopping,
      TrainingListener listener) {
    return trainer.session(samples, options(validation, epochs, stopping, listener)).run();
  }
}
