package dev.anneal.bench.peers.dl4j;

import dev.anneal.bench.peers.Network;
import dev.anneal.bench.peers.Samples;
import dev.anneal.bench.peers.Task;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A perceptron of DL4J's layers. */
final class LayerNetwork implements Network {
  private final Task task;
  private final MultiLayerNetwork network;

  LayerNetwork(Task task, int threads) {
    Dl4j.threads(threads);
    this.task = task;
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.RELU)
            .updater(updater())
            .list();
    int last = task.layers() - 1;
    for (int layer = 0; layer < last; layer++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(task.sizes().get(layer))
              .nOut(task.sizes().get(layer + 1))
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(task.binary() ? LossFunction.XENT : LossFunction.MCXENT)
            .nIn(task.sizes().get(last))
            .nOut(task.outputs())
            .activation(task.binary() ? Activation.SIGMOID : Activation.SOFTMAX)
            .build());
    this.network = new MultiLayerNetwork(layers.build());
    network.init();
  }

  private IUpdater updater() {
    return switch (task.optimizer()) {
      case SGD -> new Sgd(task.learningRate());
      case ADAM -> new Adam(task.learningRate());
    };
  }

  @Override
  public Batch batch(Samples samples) {
    int size = samples.size();
    INDArray features = Nd4j.create(samples.features(), new long[] {size, task.features()}, 'c');
    INDArray targets =
        Nd4j.create(task.targets(samples.labels()), new long[] {size, task.outputs()}, 'c');
    return new Arrays(features, targets);
  }

  /** Samples as arrays. */
  private final class Arrays implements Batch {
    private final INDArray features;
    private final INDArray targets;

    Arrays(INDArray features, INDArray targets) {
      this.features = features;
      this.targets = targets;
    }

    @Override
    public void train() {
      network.fit(features, targets);
    }

    @Override
    public float[] predict() {
      return network.output(features).dup('c').data().asFloat();
    }
  }
}
