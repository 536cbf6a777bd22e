package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSets;
import dev.anneal.data.Split;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a network that has learned half of Fashion-MNIST's classes makes of the other half, by how
 * its early layers are trained: how well it tells the new classes apart, and how well it still
 * tells the old ones when it is given its old last layer back.
 */
public final class OtherHalf {
  private static final Mlp MLP = Mlp.parse("784-256-128-5");
  private static final String HEAD = "dense_3";
  private static final int TRAINING = 16_000;
  private static final int BATCH = 32;
  private static final int EPOCHS = 20;
  private static final int SEEDS = 5;

  /** Images of the new classes to learn from; of the last number there are all. */
  private static final List<Integer> SIZES = List.of(100, 1_000, TRAINING);

  private static final String LEARNING = "adam(0.001)";

  private static final Map<String, String> CHOICES = new LinkedHashMap<>();

  static {
    CHOICES.put("all at the full rate", LEARNING);
    CHOICES.put("early layers at 1/100", LEARNING + "; dense_1: lr=1e-5; dense_2: lr=1e-5");
    CHOICES.put("early layers frozen", LEARNING + "; dense_1: frozen; dense_2: frozen");
    CHOICES.put(
        "unfrozen step by step",
        LEARNING + "; dense_2: frozen until 33%; dense_1: frozen until 67%");
  }

  private final Catalogue catalogue = Catalogue.load();
  private final Workers workers;

  private OtherHalf(Workers workers) {
    this.workers = workers;
  }

  /**
   * Prints a table.
   *
   * @param args how many threads (2)
   */
  public static void main(String[] args) {
    try (Workers workers = new Workers(args.length > 0 ? Integer.parseInt(args[0]) : 2)) {
      new OtherHalf(workers).print();
    }
  }

  private void print() {
    Split split = Split.at(DataSets.open("fashion-mnist").samples(), TRAINING);
    Samples old = half(split.train(), 0, TRAINING);
    Samples oldTest = half(split.validation(), 0, TRAINING);
    Samples newTest = half(split.validation(), 1, TRAINING);
    Map<String, double[]> sums = new LinkedHashMap<>();
    double before = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Trainer learned = trainer(LEARNING, seed);
      learned.fit(old);
      before += learned.evaluate(oldTest).accuracy();
      for (int s = 0; s < SIZES.size(); s++) {
        Samples some = half(split.train(), 1, SIZES.get(s));
        Trainer fresh = trainer(LEARNING, seed + SEEDS);
        fresh.fit(some);
        add(sums, "from the beginning", 2 * s, fresh.evaluate(newTest).accuracy());
        for (Map.Entry<String, String> choice : CHOICES.entrySet()) {
          Trainer trainer = trainer(choice.getValue(), seed + SEEDS);
          copy(learned, trainer, false);
          trainer.fit(some);
          add(sums, choice.getKey(), 2 * s, trainer.evaluate(newTest).accuracy());
          copy(learned, trainer, true);
          add(sums, choice.getKey(), 2 * s + 1, trainer.evaluate(oldTest).accuracy());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d seeds; %d images of the old classes; they are told apart in %.1f %%%n",
        SEEDS,
        old.size(),
        100 * before / SEEDS);
    Stream<Integer> sizes = SIZES.stream().map(size -> half(split.train(), 1, size).size());
    System.out.println("images of the new classes: " + sizes.toList());
    sums.forEach((name, sum) -> {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < sum.length; i++) {
        cells.add(sum[i] == 0 ? "–" : String.format(Locale.ROOT, "%.1f", percent(sum, i)));
      }
      System.out.println("| " + name + " | " + String.join(" | ", cells) + " |");
    });
  }

  private static double percent(double[] sums, int i) {
    return 100 * sums[i] / SEEDS;
  }

  private static void add(Map<String, double[]> sums, String name, int i, double accuracy) {
    sums.computeIfAbsent(name, _ -> new double[2 * SIZES.size()])[i] += accuracy;
  }

  private Trainer trainer(String groups, int seed) {
    return Training.ofGroups(MLP.model(), MLP.loss(), Groups.parse(groups, catalogue))
        .batch(BATCH)
        .epochs(EPOCHS)
        .seed(seed)
        .workers(workers)
        .trainer();
  }

  /** Copies the last layer, or all others. */
  private static void copy(Trainer from, Trainer to, boolean head) {
    for (Parameter parameter : MLP.model().parameters()) {
      if (parameter.name().startsWith(HEAD) == head) {
        Tensor weights = from.weights(parameter);
        to.setWeights(parameter, weights);
      }
    }
  }

  /** The first images of classes 0 to 4, or of 5 to 9, which are then called 0 to 4. */
  private static Samples half(Samples samples, int which, int most) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int classes = samples.classes() / 2;
    for (int i = 0; i < samples.size() && rows.size() < most; i++) {
      if (samples.label(i) / classes == which) {
        float[] row = new float[samples.features()];
        samples.copy(i, row, 0);
        rows.add(row);
        labels.add(samples.label(i) % classes);
      }
    }
    return ArraySamples.of(
        rows.toArray(float[][]::new), labels.stream().mapToInt(each -> each).toArray(), classes);
  }
}
