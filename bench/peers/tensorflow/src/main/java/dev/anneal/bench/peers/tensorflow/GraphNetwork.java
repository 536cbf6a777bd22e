package dev.anneal.bench.peers.tensorflow;

import dev.anneal.bench.peers.Network;
import dev.anneal.bench.peers.Samples;
import dev.anneal.bench.peers.Task;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A graph that trains a perceptron. */
final class GraphNetwork implements Network {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final Task task;
  private final Session session;
  private final Placeholder<TFloat32> features = ops.placeholder(TFloat32.class);
  private final Placeholder<TFloat32> targets = ops.placeholder(TFloat32.class);
  private final List<Variable<TFloat32>> weights = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Operand<TFloat32> probabilities;
  private final List<Op> updates;

  GraphNetwork(Task task, int threads) {
    this.task = task;
    this.session = TensorFlow.session(graph, threads);
    Operand<TFloat32> logits = logits();
    this.probabilities = task.binary() ? ops.math.sigmoid(logits) : ops.nn.softmax(logits);
    this.updates = updates(loss(logits));
    session.initialize();
  }

  private Operand<TFloat32> logits() {
    Operand<TFloat32> values = features;
    for (int layer = 0; layer < task.layers(); layer++) {
      Shape shape = Shape.of(task.sizes().get(layer), task.sizes().get(layer + 1));
      Operand<TFloat32> inputs = layer == 0 ? values : ops.nn.relu(values);
      Operand<TFloat32> bias = variable(zeros(Shape.of(shape.get(1))), Shape.of(shape.get(1)));
      values = ops.nn.biasAdd(ops.linalg.matMul(inputs, variable(random(shape), shape)), bias);
    }
    return values;
  }

  private Variable<TFloat32> variable(Operand<TFloat32> initial, Shape shape) {
    Variable<TFloat32> variable = ops.variable(initial);
    weights.add(variable);
    shapes.add(shape);
    return variable;
  }

  /** Weights for relu (He). */
  private Operand<TFloat32> random(Shape shape) {
    float scale = (float) Math.sqrt(2.0 / shape.get(0));
    return ops.math.mul(
        ops.random.truncatedNormal(ops.constant(shape.asArray()), TFloat32.class),
        ops.constant(scale));
  }

  private Operand<TFloat32> zeros(Shape shape) {
    return ops.zeros(ops.constant(shape.asArray()), TFloat32.class);
  }

  private Operand<TFloat32> loss(Operand<TFloat32> logits) {
    if (task.binary()) {
      return ops.math.mean(
          ops.math.sub(ops.math.softplus(logits), ops.math.mul(logits, targets)),
          ops.constant(new int[] {0, 1}));
    }
    return ops.math.mean(
        ops.nn.softmaxCrossEntropyWithLogits(logits, targets).loss(), ops.constant(0));
  }

  private List<Op> updates(Operand<TFloat32> loss) {
    Gradients gradients = ops.gradients(loss, weights);
    return switch (task.optimizer()) {
      case SGD -> sgd(gradients);
      case ADAM -> adam(gradients);
    };
  }

  private List<Op> sgd(Gradients gradients) {
    Operand<TFloat32> rate = ops.constant(task.learningRate());
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      updates.add(ops.train.applyGradientDescent(weights.get(i), rate, gradients.dy(i)));
    }
    return updates;
  }

  private List<Op> adam(Gradients gradients) {
    Operand<TFloat32> rate = ops.constant(task.learningRate());
    Operand<TFloat32> beta1 = ops.constant(BETA_1);
    Operand<TFloat32> beta2 = ops.constant(BETA_2);
    Operand<TFloat32> epsilon = ops.constant(EPSILON);
    Variable<TFloat32> power1 = ops.variable(beta1);
    Variable<TFloat32> power2 = ops.variable(beta2);
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> mean = ops.variable(zeros(shapes.get(i)));
      Variable<TFloat32> square = ops.variable(zeros(shapes.get(i)));
      updates.add(
          ops.train.applyAdam(
              weights.get(i),
              mean,
              square,
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.dy(i)));
    }
    Ops after = ops.withControlDependencies(updates);
    updates.add(after.assign(power1, after.math.mul(power1, beta1)));
    updates.add(after.assign(power2, after.math.mul(power2, beta2)));
    return updates;
  }

  @Override
  public Batch batch(Samples samples) {
    return new Fed(samples);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** Samples as tensors. */
  private final class Fed implements Batch {
    private final TFloat32 rows;
    private final TFloat32 wanted;

    Fed(Samples samples) {
      rows = TensorFlow.tensor(samples.size(), samples.features());
      wanted = TensorFlow.tensor(samples.size(), task.targets(samples.labels()));
    }

    @Override
    public void train() {
      Session.Runner runner = session.runner().feed(features, rows).feed(targets, wanted);
      updates.forEach(runner::addTarget);
      runner.run().close();
    }

    @Override
    public float[] predict() {
      try (Result result = session.runner().feed(features, rows).fetch(probabilities).run()) {
        return TensorFlow.numbers((TFloat32) result.get(0));
      }
    }

    @Override
    public void close() {
      rows.close();
      wanted.close();
    }
  }
}
