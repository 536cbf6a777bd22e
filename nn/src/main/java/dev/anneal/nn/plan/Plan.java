package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.ReducerCompiler;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Epilogue;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.SeparateUpdate;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A program compiled for batches up to a size: a list of steps over buffers that exist already.
 * Running it allocates nothing. A batch with fewer samples runs on the same plan.
 */
public final class Plan {
  private final Instruction[] steps;
  private final Map<Parameter, Matrix> gradients = new LinkedHashMap<>();
  private final Matrix inverseBatch = Matrix.zeros(1, 1, Layout.ROWS);
  private final Inputs inputs;
  private final Buffer output;
  private final Buffer scores;
  private final Buffer loss;
  private int samples;

  /** What steps are made with: the machine, and a buffer for every node. */
  record Setting(Width width, Workers workers, RandomStream random, Map<Node, Buffer> buffers) {
    Buffer buffer(Node node) {
      Buffer buffer = buffers.get(node);
      if (buffer == null) {
        throw new IllegalStateException("no buffer for " + node);
      }
      return buffer;
    }
  }

  /**
   * Compiles a program that ends with its results: outputs, losses and gradients.
   *
   * @param program what to compute
   * @param store the model's weights
   * @param featureCount numbers of a sample
   * @param batch the largest batch
   * @param random a stream for random nodes
   * @param width how many floats at a time
   * @param workers who computes
   */
  public Plan(
      Program program,
      ParameterStore store,
      int featureCount,
      int batch,
      RandomStream random,
      Width width,
      Workers workers) {
    this(
        program,
        store,
        Inputs.of(program, featureCount, batch),
        random,
        width,
        workers,
        List.of(),
        0,
        false);
  }

  /**
   * Compiles a program.
   *
   * @param program what to compute
   * @param store the model's weights
   * @param inputs where batches come from; other plans may read them too
   * @param random a stream for random nodes
   * @param width how many floats at a time
   * @param workers who computes
   * @param all what is trained at the end of each run; the gradients of others are kept
   * @param pass which of the gradients of a step this computes; what layers keep without training
   *     is assigned by the first
   * @param fuse whether weights may be adjusted while a gradient is computed: the bits are the same
   */
  public Plan(
      Program program,
      ParameterStore store,
      Inputs inputs,
      RandomStream random,
      Width width,
      Workers workers,
      List<GroupUpdate> all,
      int pass,
      boolean fuse) {
    this.inputs = inputs;
    int batch = inputs.batch();
    Map<Node, Buffer> buffers = new HashMap<>();
    Setting setting = new Setting(width, workers, random, buffers);

    // They come last: until then the weights must be those of this step.
    Map<Node, Parameter> direct = directGradients(program, store);
    List<Node> order = new ArrayList<>();
    for (Node node : program.nodes()) {
      if (node.op() instanceof Op.Weights(Parameter parameter)) {
        buffers.put(node, new Buffer(store.matrix(parameter)));
      } else if (!place(node, buffers) && !direct.containsKey(node)) {
        order.add(node);
      }
    }
    order.addAll(direct.keySet());
    Set<Node> kept = new HashSet<>(program.gradients().values());
    kept.addAll(List.of(program.output(), program.scores(), program.loss()));
    kept.addAll(program.assignments().values());
    Liveness.assign(order, direct.keySet(), kept, batch)
        .forEach((node, matrix) -> buffers.put(node, new Buffer(matrix)));

    List<Instruction> list = new ArrayList<>();
    order.stream()
        .filter(node -> !direct.containsKey(node))
        .forEach(node -> list.add(step(node, setting)));
    List<Instruction> last = new ArrayList<>();
    Map<GroupUpdate, Map<Integer, Matrix>> complete = new LinkedHashMap<>();
    program
        .gradients()
        .forEach((parameter, node) -> {
          Matrix weights = store.matrix(parameter);
          Optional<GroupUpdate> trained =
              all.stream().filter(each -> each.parameters().contains(parameter)).findFirst();
          int index = trained.map(each -> each.parameters().indexOf(parameter)).orElse(-1);
          boolean isDirect = parameter.equals(direct.get(node));
          if (isDirect
              && fuse
              && trained.filter(each -> each.update().isElementwise()).isPresent()) {
            Optional<Epilogue> fused = trained.map(each -> each.update().fused(index));
            last.add(new ProductInstruction(node, weights, fused, setting));
            return;
          }
          Matrix gradient = Matrix.zeros(parameter.rows(), parameter.columns(), weights.layout());
          gradients.put(parameter, gradient);
          if (isDirect) {
            list.add(new ProductInstruction(node, gradient, Optional.empty(), setting));
          } else {
            Buffer from = setting.buffer(node);
            list.add((_, _) -> gradient.set(from.matrix()));
          }
          trained.ifPresent(
              each -> complete.computeIfAbsent(each, _ -> new TreeMap<>()).put(index, gradient));
        });
    List<SeparateUpdate> separate = new ArrayList<>();
    complete.forEach(
        (trained, some) -> separate.add(trained.update().separate(pass, some, this::meanLoss)));
    Runnable together = SeparateUpdate.together(separate);
    last.add((_, _) -> together.run());
    List<Instruction> assignments = new ArrayList<>();
    program
        .assignments()
        .forEach((parameter, node) -> {
          Matrix state = store.matrix(parameter);
          Matrix value = setting.buffer(node).matrix();
          if (node.op() instanceof Op.Weights) { // others by the time of the assignment
            Matrix before = Matrix.zeros(state.rows(), state.columns(), Layout.ROWS);
            list.add((_, _) -> before.set(value));
            assignments.add((_, _) -> state.set(before));
          } else {
            assignments.add((_, _) -> state.set(value));
          }
        });
    list.addAll(last);
    if (pass == 0) {
      list.addAll(assignments);
    }
    steps = list.toArray(Instruction[]::new);
    output = setting.buffer(program.output());
    scores = setting.buffer(program.scores());
    loss = setting.buffer(program.loss());
  }

  /**
   * Gradients that a product computes for weights in panels, and that no other node reads nor other
   * weights have: they go straight where they belong. A product that reads weights cannot be one,
   * since its turn comes when these may have changed.
   */
  private static Map<Node, Parameter> directGradients(Program program, ParameterStore store) {
    Set<Node> read = new HashSet<>();
    program.nodes().forEach(node -> read.addAll(node.operands()));
    Map<Node, Parameter> direct = new LinkedHashMap<>();
    program
        .gradients()
        .forEach((parameter, node) -> {
          if (node.op() instanceof Op.Product(_, boolean transposeRight)
              && !transposeRight
              && node.operands().stream().noneMatch(n -> n.op() instanceof Op.Weights)
              && !read.contains(node)
              && Collections.frequency(program.gradients().values(), node) == 1
              && store.matrix(parameter).layout() == Layout.PANELS) {
            direct.put(node, parameter);
          }
        });
    return direct;
  }

  private boolean place(Node node, Map<Node, Buffer> buffers) {
    switch (node.op()) {
      case Op.Features _ -> buffers.put(node, inputs.features());
      case Op.Labels _ -> buffers.put(node, inputs.labels());
      case Op.InverseBatch _ -> buffers.put(node, new Buffer(inverseBatch));
      case Op.Constant(List<Double> values) ->
          buffers.put(node, new Buffer(constant(node, values)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Matrix constant(Node node, List<Double> values) {
    int rows = node.shape().rows();
    int columns = node.shape().columns();
    Matrix matrix = Matrix.zeros(rows, columns, Layout.ROWS);
    float[] rounded = new float[values.size()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = values.get(i).floatValue();
    }
    matrix.set(rounded, 0);
    return matrix;
  }

  private static Instruction step(Node node, Setting setting) {
    return switch (node.op()) {
      case Op.Features _, Op.Labels _, Op.InverseBatch _, Op.Constant _, Op.Weights _ ->
          throw new AssertionError("nothing to compute for " + node);
      case Op.Product _ ->
          new ProductInstruction(node, setting.buffer(node).matrix(), Optional.empty(), setting);
      case Op.Elementwise(Expression value) -> new ElementwiseInstruction(node, value, setting);
      case Op.RowSum _ -> new RowInstruction(node, ReducerCompiler.sum(setting.width()), setting);
      case Op.RowMax _ -> new RowInstruction(node, ReducerCompiler.max(setting.width()), setting);
      case Op.ColumnSum _ -> new ColumnSumInstruction(node, setting);
      case Op.RowArgMax _ -> new RowInstruction(node, Plan::argMax, setting);
      case Op.OneHot _ ->
          new OneHotInstruction(
              node, setting.buffer(node.operands().getFirst()), setting.buffer(node));
      case Op.Slice(int from) -> CopyInstruction.slice(node, from, setting);
      case Op.Concatenate _ -> CopyInstruction.concatenate(node, setting);
      case Op.Shaped _ -> throw new AssertionError("a program has matrices alone");
      case Op.Expand(int length, int inner) -> AxisInstruction.expand(node, length, inner, setting);
      case Op.AxisSum(int length, int inner) -> AxisInstruction.sum(node, length, inner, setting);
      case Op.Convolution(Geometry geometry, Direction direction) ->
          new ConvolutionInstruction(node, geometry, direction, setting);
      case Op.Pool(Geometry geometry, Op.PoolKind kind) ->
          PoolInstruction.pool(node, geometry, kind, setting);
      case Op.Unpool(Geometry geometry, Op.PoolKind kind) ->
          PoolInstruction.unpool(node, geometry, kind, setting);
      case Op.Transpose _ -> RearrangeInstruction.transpose(node, setting);
      case Op.Reshape _ -> RearrangeInstruction.reshape(node, setting);
      case Op.Gather _ -> new GatherInstruction(node, setting);
      case Op.Scatter _ -> new ScatterInstruction(node, setting);
      case Op.Dropout dropout -> new DropoutInstruction(node, dropout, setting);
      case Op.Normal(int stream) -> new NormalInstruction(node, stream, setting);
    };
  }

  /**
   * The mean loss of the samples of the batch last run.
   *
   * @return in the unit of the loss
   */
  public double meanLoss() {
    double sum = 0;
    for (int sample = 0; sample < samples; sample++) {
      sum += loss(sample);
    }
    return sum / samples;
  }

  private static float argMax(float[] array, int offset, int n, float[] unused) {
    int place = 0;
    for (int i = 1; i < n; i++) {
      if (array[offset + i] > array[offset + place]) {
        place = i;
      }
    }
    return place;
  }

  /**
   * Where batches come from.
   *
   * @return the inputs that the plan reads
   */
  public Inputs inputs() {
    return inputs;
  }

  /**
   * Computes everything for the current batch.
   *
   * @param batch how many samples it has
   * @param progress where training stands
   */
  public void run(int batch, Progress progress) {
    inverseBatch.array()[0] = 1f / batch;
    samples = batch;
    for (Instruction step : steps) {
      step.run(batch, progress);
    }
  }

  /**
   * A number of the label of a sample of the current batch.
   *
   * @param sample its position in the batch
   * @param column which
   * @return a number; the class where labels are classes
   */
  public float label(int sample, int column) {
    return inputs.labels().matrix().get(sample, column);
  }

  /**
   * The loss of a sample of the current batch.
   *
   * @param sample its position in the batch
   * @return its loss
   */
  public float loss(int sample) {
    return loss.matrix().get(sample, 0);
  }

  /**
   * A number that decides the class of a sample of the current batch.
   *
   * @param sample its position in the batch
   * @param column which
   * @return a logit, or an output where there are no logits
   */
  public float score(int sample, int column) {
    return scores.matrix().get(sample, column);
  }

  /**
   * What the model predicts for a sample of the current batch.
   *
   * @param sample its position in the batch
   * @param column which
   * @return an output
   */
  public float output(int sample, int column) {
    return output.matrix().get(sample, column);
  }

  /**
   * The gradient of the mean loss, where it was not used up by a fused update.
   *
   * @param parameter one that is trained
   * @return a copy, row-major
   */
  public float[] gradient(Parameter parameter) {
    return Optional.ofNullable(gradients.get(parameter)).orElseThrow().get();
  }
}
