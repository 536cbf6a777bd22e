package dev.anneal.core.kernel;

import dev.anneal.api.expression.Expression;
import java.util.List;

/**
 * An elementwise computation over several arrays: for each {@code i}, every output is computed from
 * the elements at {@code i} as they were before the call touched them, then stored.
 *
 * @param arrays how many arrays the formula reads or writes
 * @param scalars how many numbers it takes that are the same for all elements
 * @param outputs what is stored, and where
 */
public record KernelSpec(int arrays, int scalars, List<Output> outputs) {

  /**
   * A value to store.
   *
   * @param array the array that receives it
   * @param value the value
   */
  public record Output(int array, Expression value) {}

  /** Checks that every expression exists, and copies the list. */
  public KernelSpec {
    outputs = List.copyOf(outputs);
    for (Output output : outputs) {
      if (output.array < 0 || output.array >= arrays) {
        throw new IllegalArgumentException("output array " + output.array + " of " + arrays);
      }
    }
  }
}
