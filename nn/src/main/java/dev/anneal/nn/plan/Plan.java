package dev.anneal.nn.plan;

import dev.anneal.core.kernel.Reductions;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.work.Workers;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program compiled for batches up to a size: a list of steps over buffers that exist already.
 * Running it allocates nothing. A batch with fewer samples runs on the same plan.
 */
public final class Plan {
  private final Step[] steps;
  private final float[] features;
  private final float[] labels;
  private final float[] inverseBatch = new float[1];
  private final Buffer output;
  private final Buffer scores;
  private final Buffer loss;

  /** What steps are laid out with: the machine, the largest batch, and a buffer for every node. */
  record Layout(
      Width width, Workers workers, RandomStream random, int batch, Map<Node, Buffer> buffers) {
    Buffer buffer(Node node) {
      Buffer buffer = buffers.get(node);
      if (buffer == null) {
        throw new IllegalStateException("no buffer for " + node);
      }
      return buffer;
    }
  }

  /**
   * Compiles a program.
   *
   * @param program what to compute
   * @param arena the model's weights, and where its gradients go
   * @param featureCount numbers of a sample
   * @param batch the largest batch
   * @param random a stream for random nodes
   * @param width how many floats at a time
   * @param workers who computes
   */
  public Plan(
      Program program,
      Arena arena,
      int featureCount,
      int batch,
      RandomStream random,
      Width width,
      Workers workers) {
    features = new float[Math.multiplyExact(batch, featureCount)];
    labels = new float[batch];
    Map<Node, Buffer> buffers = new HashMap<>();
    Layout layout = new Layout(width, workers, random, batch, buffers);
    List<Step> copies = new ArrayList<>();
    program
        .gradients()
        .forEach((parameter, node) -> {
          Buffer place = new Buffer(arena.gradients(), arena.offset(parameter));
          if (isSource(node) || buffers.putIfAbsent(node, place) != null) {
            copies.add((_, _) -> copy(layout.buffer(node), place, parameter.size()));
          }
        });
    List<Step> list = new ArrayList<>();
    for (Node node : program.nodes()) {
      buffers.computeIfAbsent(node, n -> place(n, arena, batch));
      step(node, layout).ifPresent(list::add);
    }
    list.addAll(copies);
    steps = list.toArray(Step[]::new);
    output = layout.buffer(program.output());
    scores = layout.buffer(program.scores());
    loss = layout.buffer(program.loss());
  }

  private Buffer place(Node node, Arena arena, int batch) {
    return switch (node.op()) {
      case Op.Features _ -> new Buffer(features, 0);
      case Op.Labels _ -> new Buffer(labels, 0);
      case Op.InverseBatch _ -> new Buffer(inverseBatch, 0);
      case Op.Weights(Parameter parameter) -> new Buffer(arena.weights(), arena.offset(parameter));
      default ->
          new Buffer(
              new float[Math.multiplyExact(node.shape().rows(batch), node.shape().columns())], 0);
    };
  }

  private static Optional<Step> step(Node node, Layout layout) {
    return switch (node.op()) {
      case Op.Features _, Op.Labels _, Op.InverseBatch _, Op.Weights _ -> Optional.empty();
      case Op.Product product -> Optional.of(ProductStep.of(node, product, layout));
      case Op.Elementwise(Lane value) -> Optional.of(new ElementwiseStep(node, value, layout));
      case Op.RowSum _ -> Optional.of(RowStep.of(node, Reductions::sum, layout));
      case Op.RowMax _ -> Optional.of(RowStep.of(node, Reductions::max, layout));
      case Op.ColumnSum _ -> Optional.of(new ColumnSumStep(node, layout));
      case Op.OneHot _ ->
          Optional.of(
              new OneHotStep(
                  layout.buffer(node.operands().getFirst()),
                  layout.buffer(node),
                  node.shape().columns()));
      case Op.Dropout dropout -> Optional.of(DropoutStep.of(node, dropout, layout));
    };
  }

  private static boolean isSource(Node node) {
    return node.operands().isEmpty();
  }

  /** A gradient that has its place elsewhere: two parameters may share one, and some are inputs. */
  private static void copy(Buffer from, Buffer to, int size) {
    System.arraycopy(from.array(), from.offset(), to.array(), to.offset(), size);
  }

  /**
   * Where to put the features of a batch before {@link #run}.
   *
   * @return rows of a sample each
   */
  public float[] features() {
    return features;
  }

  /**
   * Where to put the labels of a batch before {@link #run}.
   *
   * @return one a sample
   */
  public float[] labels() {
    return labels;
  }

  /**
   * Computes everything for the batch that was put in.
   *
   * @param batch how many samples it has
   * @param iteration which update this is for, from 0
   */
  public void run(int batch, long iteration) {
    inverseBatch[0] = 1f / batch;
    for (Step step : steps) {
      step.run(batch, iteration);
    }
  }

  /**
   * The loss of a sample of the last batch.
   *
   * @param sample its position in the batch
   * @return its loss
   */
  public float loss(int sample) {
    return loss.array()[loss.offset() + sample];
  }

  /**
   * A number that decides the class of a sample of the last batch.
   *
   * @param index {@code sample * columns + column}
   * @return a logit, or an output where there are no logits
   */
  public float score(int index) {
    return scores.array()[scores.offset() + index];
  }

  /**
   * What the model predicts for a sample of the last batch.
   *
   * @param index {@code sample * columns + column}
   * @return an output
   */
  public float output(int index) {
    return output.array()[output.offset() + index];
  }
}
