package dev.anneal.nn.plan;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.window.Direction;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a model side by side in one array. A parameter that is only ever the right operand
 * of products lies in panels, as the product reads it, for the whole of the training: to pack it at
 * each step would cost a good part of the product. The others lie in rows.
 *
 * @param weights all weights, parameter after parameter
 * @param matrices where each parameter lies in it
 */
@SuppressWarnings("ArrayRecordComponent") // a holder of buffers: shared, never compared
public record ParameterStore(float[] weights, Map<Parameter, Matrix> matrices) {

  /**
   * Lays out and initializes weights.
   *
   * @param parameters in order
   * @param programs what is computed with them
   * @param random a stream for the initial values
   * @return the store
   */
  public static ParameterStore of(
      List<Parameter> parameters, List<Program> programs, RandomStream random) {
    Set<Parameter> inRows = inRows(programs);
    Map<Parameter, Integer> offsets = new LinkedHashMap<>();
    int size = 0;
    int slack = 0;
    for (Parameter parameter : parameters) {
      Layout layout = layout(parameter, inRows);
      offsets.put(parameter, size);
      size = Layout.length((long) size + layout.size(parameter.rows(), parameter.columns()));
      slack = Math.max(slack, layout.slack(parameter.columns()));
    }
    float[] weights = new float[Layout.length((long) size + slack)];
    Map<Parameter, Matrix> matrices = new LinkedHashMap<>();
    offsets.forEach((parameter, offset) ->
        matrices.put(
            parameter,
            new Matrix(
                weights,
                offset,
                parameter.rows(),
                parameter.columns(),
                layout(parameter, inRows))));
    for (int p = 0; p < parameters.size(); p++) {
      initialize(parameters.get(p), matrices, random.child(p));
    }
    return new ParameterStore(weights, matrices);
  }

  private static Layout layout(Parameter parameter, Set<Parameter> inRows) {
    return inRows.contains(parameter) ? Layout.ROWS : Layout.PANELS;
  }

  private static Set<Parameter> inRows(List<Program> programs) {
    Set<Parameter> found = new HashSet<>();
    for (Program program : programs) {
      for (Node node : program.nodes()) {
        for (int i = 0; i < node.operands().size(); i++) {
          if (node.operands().get(i).op() instanceof Op.Weights(Parameter parameter)
              && !(i == 1 && isRight(node.op()))) {
            found.add(parameter);
          }
        }
      }
    }
    return found;
  }

  private static boolean isRight(Op op) {
    return op instanceof Op.Product
        || (op instanceof Op.Convolution(_, Direction direction)
            && direction != Direction.TO_WEIGHTS);
  }

  private static void initialize(
      Parameter parameter, Map<Parameter, Matrix> matrices, RandomStream random) {
    float[] drawn = new float[parameter.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          parameter
              .initializer()
              .draw(random, i, parameter.rows(), parameter.columns() * parameter.taps());
    }
    place(parameter, matrices).set(drawn, 0);
  }

  /**
   * Where a parameter lies.
   *
   * @param parameter one of this store
   * @return its weights
   */
  public Matrix matrix(Parameter parameter) {
    return place(parameter, matrices);
  }

  private static Matrix place(Parameter parameter, Map<Parameter, Matrix> matrices) {
    Matrix matrix = matrices.get(parameter);
    if (matrix == null) {
      throw new IllegalArgumentException("no parameter " + parameter.name() + " in this model");
    }
    return matrix;
  }

  /**
   * How many weights there are.
   *
   * @return without gaps
   */
  public int size() {
    return matrices.keySet().stream().mapToInt(Parameter::size).sum();
  }

  /**
   * All weights as they are now.
   *
   * @return a copy: parameter after parameter, each row-major and without gaps
   */
  public float[] copy() {
    float[] all = new float[size()];
    copy(all);
    return all;
  }

  /**
   * Copies all weights as they are now.
   *
   * @param into receives {@link #size} numbers, in the order of {@link #copy()}
   */
  public void copy(float[] into) {
    int at = 0;
    for (Map.Entry<Parameter, Matrix> entry : matrices.entrySet()) {
      entry.getValue().get(into, at);
      at += entry.getKey().size();
    }
  }

  /**
   * Replaces all weights.
   *
   * @param all parameter after parameter, each row-major and without gaps
   */
  public void set(float[] all) {
    int at = 0;
    for (Map.Entry<Parameter, Matrix> entry : matrices.entrySet()) {
      entry.getValue().set(all, at);
      at += entry.getKey().size();
    }
  }
}
