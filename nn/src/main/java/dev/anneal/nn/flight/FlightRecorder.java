package dev.anneal.nn.flight;

/**
 * Shows training to the JDK's flight recorder while one records: the events {@code
 * dev.anneal.Step}, {@code dev.anneal.Epoch} and {@code dev.anneal.Checkpoint}, each with how long
 * it took. Otherwise it costs nothing. Used by one thread.
 */
public interface FlightRecorder {
  /** For a JVM without the recorder's module. */
  FlightRecorder NONE =
      new FlightRecorder() {
        @Override
        public void beginStep() {}

        @Override
        public void endStep(int epoch, long step, double loss) {}

        @Override
        public void beginEpoch() {}

        @Override
        public void endEpoch(int epoch, double loss, double validationLoss) {}

        @Override
        public void beginCheckpoint() {}

        @Override
        public void endCheckpoint(long position, long bytes, boolean best) {}
      };

  /**
   * One for a run, which shows step after step and allocates nothing.
   *
   * @return a new one
   */
  static FlightRecorder create() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? new JdkFlightRecorder() : NONE;
  }

  /** Before a step. */
  void beginStep();

  /**
   * After it.
   *
   * @param epoch counted from 1
   * @param step of the run, counted from 1
   * @param loss the mean of the epoch so far
   */
  void endStep(int epoch, long step, double loss);

  /** Before the first step of an epoch, or the first after it was taken up again. */
  void beginEpoch();

  /**
   * After its validation.
   *
   * @param epoch counted from 1
   * @param loss of training
   * @param validationLoss NaN where there is no validation
   */
  void endEpoch(int epoch, double loss, double validationLoss);

  /** Before a checkpoint is written. */
  void beginCheckpoint();

  /**
   * When it is on the disk.
   *
   * @param position steps of the run that it has
   * @param bytes of the file
   * @param best whether it is the best so far
   */
  void endCheckpoint(long position, long bytes, boolean best);
}
