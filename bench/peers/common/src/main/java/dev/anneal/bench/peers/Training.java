package dev.anneal.bench.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures training.
 *
 * @param factory who trains
 */
record Training(Network.Factory factory) {
  /** As many as an epoch of our own benchmark has. */
  private static final int BATCHES = 100;

  private static final int EPOCHS = 50;

  /** The rows of Ionosphere that a model learns from; it is judged by the others. */
  private static final int TRAIN = 235;

  void measure(Report report) {
    measure(Task.SGD, report);
    measure(Task.ADAM, report);
    measure(Task.SMALL, report);
  }

  private void measure(Task task, Report report) {
    try (Network network = factory.create(task, report.threads())) {
      List<Network.Batch> batches =
          IntStream.range(0, BATCHES)
              .mapToObj(i -> network.batch(Samples.random(task.batch(), task, i)))
              .toList();
      Timing timing = Timing.ofSteps(new Cycle(batches));
      if (task.binary()) {
        report.print(task.title(), timing, seconds -> seconds * 1e6, "us/step");
      } else {
        report.print(task.title(), timing, seconds -> task.batch() / seconds, "samples/s");
      }
      note(task.title() + ", training", Samples.random(task.batch(), task, 0), batches.getFirst());
      batches.forEach(Network.Batch::close);
    }
  }

  /** Whole epochs as a user would train them. How long the process takes is seen from outside. */
  void ionosphere(Samples samples, int threads) {
    Task task = Task.IONOSPHERE;
    Samples train = samples.range(0, TRAIN);
    Samples rest = samples.range(TRAIN, samples.size());
    List<Integer> order = new ArrayList<>(IntStream.range(0, TRAIN).boxed().toList());
    Random random = new Random(1);
    try (Network network = factory.create(task, threads)) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        Collections.shuffle(order, random);
        for (int from = 0; from < TRAIN; from += task.batch()) {
          List<Integer> rows = order.subList(from, Math.min(from + task.batch(), TRAIN));
          try (Network.Batch batch = network.batch(train.pick(rows))) {
            batch.train();
          }
        }
      }
      try (Network.Batch batch = network.batch(rest)) {
        note(task.title() + ", validation", rest, batch);
      }
    }
  }

  private static void note(String what, Samples samples, Network.Batch batch) {
    double accuracy = samples.accuracy(batch.predict());
    System.err.printf(Locale.ROOT, "%s accuracy %.3f%n", what, accuracy);
  }

  /** Trains one batch after the other, again and again. */
  private static final class Cycle implements Runnable {
    private final List<Network.Batch> batches;
    private int next;

    Cycle(List<Network.Batch> batches) {
      this.batches = batches;
    }

    @Override
    public void run() {
      batches.get(next).train();
      next = (next + 1) % batches.size();
    }
  }
}
