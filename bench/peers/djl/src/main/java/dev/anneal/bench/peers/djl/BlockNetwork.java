package dev.anneal.bench.peers.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.anneal.bench.peers.Network;
import dev.anneal.bench.peers.Samples;
import dev.anneal.bench.peers.Task;

/** A perceptron of DJL's blocks, trained by its trainer. */
final class BlockNetwork implements Network {
  private final Task task;
  private final Model model;
  private final Trainer trainer;

  BlockNetwork(Task task, int threads) {
    this.task = task;
    this.model = Model.newInstance("perceptron", Device.cpu(), Djl.ENGINE);
    SequentialBlock layers = new SequentialBlock();
    for (int layer = 1; layer <= task.layers(); layer++) {
      layers.add(Linear.builder().setUnits(task.sizes().get(layer)).build());
      if (layer < task.layers()) {
        layers.add(Activation::relu);
      }
    }
    model.setBlock(layers);
    Loss loss =
        task.binary() ? Loss.sigmoidBinaryCrossEntropyLoss() : Loss.softmaxCrossEntropyLoss();
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(optimizer()));
    trainer.initialize(new Shape(task.batch(), task.features()));
  }

  private Optimizer optimizer() {
    Tracker rate = Tracker.fixed(task.learningRate());
    return switch (task.optimizer()) {
      case SGD -> Optimizer.sgd().setLearningRateTracker(rate).build();
      case ADAM -> Optimizer.adam().optLearningRateTracker(rate).build();
    };
  }

  @Override
  public Batch batch(Samples samples) {
    return new Arrays(samples);
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }

  /** Samples as arrays, which belong to one manager, like the batches of DJL's data sets. */
  private final class Arrays implements Batch {
    private final NDManager manager = trainer.getManager().newSubManager();
    private final NDArray features;
    private final NDArray labels;

    Arrays(Samples samples) {
      int size = samples.size();
      features = manager.create(samples.features(), new Shape(size, task.features()));
      labels =
          task.binary()
              ? manager.create(task.targets(samples.labels()), new Shape(size, 1))
              : manager.create(samples.labels(), new Shape(size));
    }

    /** What a step makes belongs to the manager of its inputs, so these change hands meanwhile. */
    @Override
    public void train() {
      try (NDManager step = manager.newSubManager()) {
        step.tempAttachAll(features, labels);
        try (GradientCollector gradients = trainer.newGradientCollector()) {
          NDList outputs = trainer.forward(new NDList(features));
          gradients.backward(trainer.getLoss().evaluate(new NDList(labels), outputs));
        }
        trainer.step();
      }
    }

    @Override
    public float[] predict() {
      NDArray logits = trainer.evaluate(new NDList(features)).singletonOrThrow();
      NDArray probabilities = task.binary() ? Activation.sigmoid(logits) : logits.softmax(1);
      return probabilities.toFloatArray();
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
