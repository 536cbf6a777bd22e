package dev.anneal.nn.training;

import dev.anneal.nn.minimize.FullBatchObjective;
import dev.anneal.nn.minimize.Lbfgs;
import java.util.Optional;

/** Takes steps of a minimizer on the loss of all samples; each is an epoch. */
final class MinimizerStepper implements Stepper {
  private final Network network;
  private final Networks networks;
  private final FullBatchObjective loss;
  private final Lbfgs.Run run;
  private final int samples;
  private double[] weights;

  MinimizerStepper(Networks networks, FullBatchObjective loss, Lbfgs lbfgs, int samples) {
    this.networks = networks;
    this.loss = loss;
    this.samples = samples;
    network = networks.first();
    run = lbfgs.start();
    weights = widened(networks.store().copy());
  }

  private static double[] widened(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  @Override
  public int stepsPerEpoch() {
    return 1;
  }

  @Override
  public boolean measuresAccuracy() {
    return false;
  }

  @Override
  public void moveTo(int epoch, int step) {
    // A minimizer goes on from where it is, whatever the epoch.
  }

  @Override
  public void step(Look look) {
    network.accumulator().add(run.step(weights, loss::at), samples);
    networks.store().set(loss.rounded(weights));
  }

  @Override
  public void skip() {
    throw new IllegalStateException("a minimizer cannot leave a step out");
  }

  @Override
  public Optional<String> notFinite(int epoch, int step) {
    return Optional.empty();
  }

  @Override
  public boolean isDone() {
    return run.isDone();
  }

  @Override
  public void save(StateWriter to) {
    StateWriter own = to.within("minimizer");
    own.doubles("weights", weights);
    run.save().forEach(own.within("memory")::doubles);
  }

  @Override
  public void restore(StateReader from) {
    StateReader own = from.within("minimizer");
    weights = own.doubles("weights");
    run.restore(own.within("memory").allDoubles());
  }
}
