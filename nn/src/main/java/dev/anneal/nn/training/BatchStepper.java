package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.plan.DataLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the samples in a new random order each epoch, an update on each batch. */
final class BatchStepper implements Stepper {
  private final Networks networks;
  private final Samples samples;
  private final int[] shuffled;
  private final int stepsPerEpoch;

  /** Each network has a clock of its own, which counts its updates. */
  private final List<Cursor> cursors = new ArrayList<>();

  private DataLoader loader;
  private int step;

  BatchStepper(Networks networks, Samples samples, int epochs, MetricHistory history) {
    this.networks = networks;
    this.samples = samples;
    shuffled = new int[samples.size()];
    stepsPerEpoch = Math.ceilDiv(samples.size(), networks.batch());
    for (Network network : networks.all()) {
      int own = updates(network, stepsPerEpoch);
      cursors.add(new Cursor(own, (long) own * epochs, history));
    }
    loader = load(samples, samples.size()); // nothing, until it is moved
  }

  /** The updates of a network in so many steps from the start of an epoch. */
  private static int updates(Network network, int steps) {
    return Math.ceilDiv(steps, network.objective().every());
  }

  private DataLoader load(Samples seen, int from) {
    return new DataLoader(
        networks.inputs(), networks.batch(), networks.workers(), seen, shuffled, from);
  }

  private Samples seen(int epoch) {
    Samples seen = samples.epoch(epoch);
    if (seen.size() != samples.size()
        || seen.features() != samples.features()
        || seen.classes() != samples.classes()
        || seen.targets() != samples.targets()) {
      throw new InputException("the samples of epoch %d are of another form".formatted(epoch + 1));
    }
    return seen;
  }

  @Override
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  @Override
  public boolean measuresAccuracy() {
    return true;
  }

  @Override
  public void moveTo(int epoch, int step) {
    this.step = step;
    networks.order().permute(epoch, shuffled);
    loader = load(seen(epoch), step * networks.batch());
    for (int i = 0; i < cursors.size(); i++) {
      Network network = networks.all().get(i);
      cursors
          .get(i)
          .moveTo((long) epoch * updates(network, stepsPerEpoch) + updates(network, step));
    }
  }

  @Override
  public void step(Look look) {
    int count = loader.advance();
    List<Network> all = networks.all();
    for (int i = 0; i < all.size(); i++) {
      int every = all.get(i).objective().every();
      if (step % every == 0) {
        Cursor cursor = cursors.get(i);
        boolean last = step + every >= stepsPerEpoch;
        all.get(i).update(count, cursor, look == Look.ALWAYS || (look == Look.LAST && last));
        cursor.advance();
      }
    }
    step++;
  }

  @Override
  public void skip() {
    loader.advance();
    for (int i = 0; i < cursors.size(); i++) {
      if (step % networks.all().get(i).objective().every() == 0) {
        cursors.get(i).advance();
      }
    }
    step++;
  }

  @Override
  public Optional<String> notFinite(int epoch, int step) {
    int[] order = new int[samples.size()];
    networks.order().permute(epoch, order);
    int from = step * networks.batch();
    int to = Math.min(order.length, from + networks.batch());
    Samples seen = seen(epoch);
    List<Integer> rows = new ArrayList<>();
    float[] row = new float[samples.features() + samples.targets() + 1];
    for (int i = from; i < to; i++) {
      seen.copy(order[i], row, 0);
      seen.target(order[i], row, seen.features());
      row[row.length - 1] = seen.weight(order[i]);
      if (!Finite.all(row)) {
        rows.add(order[i]);
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "data that are not finite, in sample "
                + Messages.list(rows.stream().map(String::valueOf).toList(), "and"));
  }

  @Override
  public boolean isDone() {
    return false;
  }

  /** All that it does follows from where it stands. */
  @Override
  public void save(StateWriter to) {}

  @Override
  public void restore(StateReader from) {}
}
