package dev.anneal.nn.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events are used again and again: showing them allocates nothing. */
final class JdkFlightRecorder implements FlightRecorder {
  private final Step step = new Step();
  private final Epoch epoch = new Epoch();
  private final Checkpoint checkpoint = new Checkpoint();

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

  @Override
  public void beginStep() {
    step.begin();
  }

  @Override
  public void endStep(int epoch, long step, double loss) {
    this.step.end();
    if (this.step.shouldCommit()) {
      this.step.epoch = epoch;
      this.step.step = step;
      this.step.loss = loss;
      this.step.commit();
    }
  }

  @Override
  public void beginEpoch() {
    epoch.begin();
  }

  @Override
  public void endEpoch(int epoch, double loss, double validationLoss) {
    this.epoch.end();
    if (this.epoch.shouldCommit()) {
      this.epoch.epoch = epoch;
      this.epoch.loss = loss;
      this.epoch.validationLoss = validationLoss;
      this.epoch.commit();
    }
  }

  @Override
  public void beginCheckpoint() {
    checkpoint.begin();
  }

  @Override
  public void endCheckpoint(long position, long bytes, boolean best) {
    checkpoint.end();
    if (checkpoint.shouldCommit()) {
      checkpoint.position = position;
      checkpoint.bytes = bytes;
      checkpoint.best = best;
      checkpoint.commit();
    }
  }
}
