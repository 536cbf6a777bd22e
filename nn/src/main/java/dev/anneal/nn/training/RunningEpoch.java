package dev.anneal.nn.training;

import java.util.List;

/** The epoch that a session is in, as its first network has it. */
record RunningEpoch(Session session) implements TrainingListener.Live {
  @Override
  public int epoch() {
    return Math.toIntExact((iterations() - 1) / session.stepsPerEpoch()) + 1;
  }

  @Override
  public long iterations() {
    return (long) session.epoch() * session.stepsPerEpoch() + session.stepOfEpoch();
  }

  @Override
  public long samples() {
    return session.first().accumulator().samples();
  }

  @Override
  public double loss() {
    return session.first().accumulator().loss();
  }

  @Override
  public double batchLoss() {
    return session.first().accumulator().batchLoss();
  }

  @Override
  public double accuracy() {
    return session.first().accumulator().accuracy();
  }

  @Override
  public double learningRate() {
    return session.first().groups().learningRate();
  }

  @Override
  public List<String> hyperparameters() {
    return session.first().groups().names();
  }

  @Override
  public double hyperparameter(String name) {
    return session.first().groups().value(name);
  }

  @Override
  public TrainingState state() {
    return session.state();
  }

  @Override
  public void stop() {
    session.stop();
  }
}
