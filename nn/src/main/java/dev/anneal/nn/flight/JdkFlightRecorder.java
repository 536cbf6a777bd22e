package dev.anneal.nn.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Events are used again and again: showing them allocates nothing. There are none before the JDK's
 * recorder was first used: to define an event's class, the JDK reads the metadata of all, which
 * takes 80 ms (2026-11-28).
 */
final class JdkFlightRecorder implements FlightRecorder {
  private @Nullable Events events;

  private static final class Events {
    private final Step step = new Step();
    private final Epoch epoch = new Epoch();
    private final Checkpoint checkpoint = new Checkpoint();
  }

  @Name("dev.anneal.Step")
  @Label("Step")
  @Category("Anneal")
  @StackTrace(false)
  static final class Step extends Event {
    @Label("Epoch")
    int epoch;

    @Label("Step of the Run")
    long step;

    @Label("Mean Loss of the Epoch so far")
    double loss;
  }

  @Name("dev.anneal.Epoch")
  @Label("Epoch")
  @Category("Anneal")
  @StackTrace(false)
  static final class Epoch extends Event {
    @Label("Epoch")
    int epoch;

    @Label("Loss")
    double loss;

    @Label("Validation Loss")
    double validationLoss;
  }

  @Name("dev.anneal.Checkpoint")
  @Label("Checkpoint")
  @Category("Anneal")
  @StackTrace(false)
  static final class Checkpoint extends Event {
    @Label("Steps of the Run")
    long position;

    @Label("Size")
    @DataAmount
    long bytes;

    @Label("Best so far")
    boolean best;
  }

  private @Nullable Events events() {
    if (events == null && jdk.jfr.FlightRecorder.isInitialized()) {
      events = new Events();
    }
    return events;
  }

  @Override
  public void beginStep() {
    Events now = events();
    if (now != null) {
      now.step.begin();
    }
  }

  @Override
  public void endStep(int epoch, long step, double loss) {
    if (events == null) {
      return;
    }
    Step event = events.step;
    event.end();
    if (event.shouldCommit()) {
      event.epoch = epoch;
      event.step = step;
      event.loss = loss;
      event.commit();
    }
  }

  @Override
  public void beginEpoch() {
    Events now = events();
    if (now != null) {
      now.epoch.begin();
    }
  }

  @Override
  public void endEpoch(int epoch, double loss, double validationLoss) {
    if (events == null) {
      return;
    }
    Epoch event = events.epoch;
    event.end();
    if (event.shouldCommit()) {
      event.epoch = epoch;
      event.loss = loss;
      event.validationLoss = validationLoss;
      event.commit();
    }
  }

  @Override
  public void beginCheckpoint() {
    Events now = events();
    if (now != null) {
      now.checkpoint.begin();
    }
  }

  @Override
  public void endCheckpoint(long position, long bytes, boolean best) {
    if (events == null) {
      return;
    }
    Checkpoint event = events.checkpoint;
    event.end();
    if (event.shouldCommit()) {
      event.position = position;
      event.bytes = bytes;
      event.best = best;
      event.commit();
    }
  }
}
