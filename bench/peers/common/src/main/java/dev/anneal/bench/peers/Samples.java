package dev.anneal.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a model learns from.
 *
 * @param features row-major
 * @param labels one of each row, from 0
 */
public record Samples(float[] features, int[] labels) {
  /** How many there are. */
  public int size() {
    return labels.length;
  }

  /** Noise: nothing that training could finish with while it is measured. */
  static Samples random(int size, Task task, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = random.ints(size, 0, task.classes()).toArray();
    return new Samples(Numbers.random(size * task.features(), seed), labels);
  }

  /** Rows of numbers that end with the label g or b. */
  static Samples read(Path csv) throws IOException {
    List<String[]> rows = Files.readAllLines(csv).stream().map(row -> row.split(",")).toList();
    int columns = rows.getFirst().length - 1;
    float[] features = new float[rows.size() * columns];
    int[] labels = new int[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      for (int column = 0; column < columns; column++) {
        features[row * columns + column] = Float.parseFloat(rows.get(row)[column]);
      }
      labels[row] = rows.get(row)[columns].equals("g") ? 1 : 0;
    }
    return new Samples(features, labels);
  }

  /** Those from one number to before another. */
  Samples range(int from, int to) {
    return pick(IntStream.range(from, to).boxed().toList());
  }

  /** Those with the given numbers, in that order. */
  Samples pick(List<Integer> rows) {
    int columns = features.length / labels.length;
    float[] picked = new float[rows.size() * columns];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(features, rows.get(i) * columns, picked, i * columns, columns);
    }
    return new Samples(picked, rows.stream().mapToInt(row -> labels[row]).toArray());
  }

  /** The part of the samples whose label a model finds most probable. */
  double accuracy(float[] probabilities) {
    int outputs = probabilities.length / size();
    long right =
        IntStream.range(0, size())
            .filter(row -> label(probabilities, row * outputs, outputs) == labels[row])
            .count();
    return (double) right / size();
  }

  private static int label(float[] probabilities, int from, int outputs) {
    if (outputs == 1) {
      return probabilities[from] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int output = 1; output < outputs; output++) {
      if (probabilities[from + output] > probabilities[from + best]) {
        best = output;
      }
    }
    return best;
  }
}
