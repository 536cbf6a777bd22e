package dev.anneal.nn.plan;

import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model side by side in one array, their gradients in another, so that an update
 * is one pass over memory.
 *
 * @param weights all weights, parameter after parameter, each row-major
 * @param gradients the gradients at the same positions
 * @param offsets where each parameter starts
 */
@SuppressWarnings("ArrayRecordComponent") // a holder of buffers: shared, never compared
public record Arena(float[] weights, float[] gradients, Map<Parameter, Integer> offsets) {

  /**
   * Lays out and initializes weights.
   *
   * @param parameters in order
   * @param random a stream for the initial values
   * @return the arena
   */
  public static Arena of(List<Parameter> parameters, RandomStream random) {
    Map<Parameter, Integer> offsets = new LinkedHashMap<>();
    int size = 0;
    for (Parameter parameter : parameters) {
      offsets.put(parameter, size);
      size = Math.addExact(size, parameter.size());
    }
    Arena arena = new Arena(new float[size], new float[size], offsets);
    for (int p = 0; p < parameters.size(); p++) {
      arena.initialize(parameters.get(p), random.child(p));
    }
    return arena;
  }

  private void initialize(Parameter parameter, RandomStream random) {
    int offset = offset(parameter);
    for (int i = 0; i < parameter.size(); i++) {
      weights[offset + i] =
          parameter.initializer().draw(random, i, parameter.rows(), parameter.columns());
    }
  }

  /**
   * Where a parameter starts.
   *
   * @param parameter one of this arena
   * @return index of its first weight
   */
  public int offset(Parameter parameter) {
    Integer offset = offsets.get(parameter);
    if (offset == null) {
      throw new IllegalArgumentException("no parameter " + parameter.name() + " in this model");
    }
    return offset;
  }
}
