package dev.anneal.core.optimize;

import dev.anneal.core.kernel.Layout;
import dev.anneal.core.kernel.Matrix;
import dev.anneal.core.lane.Lane;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arrays of a rule for a parameter: its weights, a gradient, slots, and what is computed on the
 * way. Numbers of weights lie as the weights do, pairs in rows, the others without gaps.
 */
final class RuleArrays {
  private final Matrix weights;
  private final List<Extent> extents;
  private final float[][] arrays;
  private final int[] offsets;

  /**
   * Makes what there is not yet.
   *
   * @param slots those of the parameter, by name; receives the ones that are new
   */
  RuleArrays(UpdateRule rule, Matrix weights, Map<String, float[]> slots) {
    this.weights = weights;
    extents = rule.arrays();
    arrays = new float[extents.size()][];
    offsets = new int[arrays.length];
    arrays[UpdateRule.WEIGHT] = weights.array();
    offsets[UpdateRule.WEIGHT] = weights.offset();
    for (Slot slot : rule.slots()) {
      if (rule.place(slot) instanceof Lane.Element(int array)) {
        arrays[array] = slots.computeIfAbsent(slot.name(), _ -> initial(slot));
      }
    }
    for (int array = UpdateRule.GRADIENT + 1; array < arrays.length; array++) {
      if (arrays[array] == null) {
        arrays[array] = new float[length(extents.get(array))];
      }
    }
  }

  private float[] initial(Slot slot) {
    float[] array = new float[length(slot.extent())];
    Arrays.fill(array, (float) slot.initial());
    return array;
  }

  private int length(Extent extent) {
    Layout layout = layout(extent);
    int columns = columns(extent);
    return hasSlack(extent)
        ? Math.addExact(layout.size(rows(extent), columns), layout.slack(columns))
        : Math.multiplyExact(rows(extent), columns);
  }

  private static boolean hasSlack(Extent extent) {
    return extent == Extent.WEIGHT || extent.isPair();
  }

  private Layout layout(Extent extent) {
    return extent == Extent.WEIGHT ? weights.layout() : Layout.ROWS;
  }

  private int rows(Extent extent) {
    return extent.rows(weights.rows(), weights.columns());
  }

  private int columns(Extent extent) {
    return extent.columns(weights.rows(), weights.columns());
  }

  /** The shape of the parameter. */
  Matrix weights() {
    return weights;
  }

  int count() {
    return arrays.length;
  }

  float[] array(int index) {
    return arrays[index];
  }

  int offset(int index) {
    return offsets[index];
  }

  /** From now on the gradient is this one. */
  void setGradient(Matrix gradient) {
    arrays[UpdateRule.GRADIENT] = gradient.array();
    offsets[UpdateRule.GRADIENT] = gradient.offset();
  }

  Extent extent(int index) {
    return extents.get(index);
  }

  /** How many numbers of an extent are stored, gaps between them included. */
  int size(Extent extent) {
    return extent == Extent.WEIGHT
        ? weights.layout().size(weights.rows(), weights.columns())
        : rows(extent) * columns(extent);
  }

  /** An array of weights or of pairs as a matrix. */
  Matrix matrix(int index) {
    Extent extent = extents.get(index);
    return new Matrix(arrays[index], offsets[index], rows(extent), columns(extent), layout(extent));
  }

  /** A new matrix of the shape of an array. */
  Matrix like(int index) {
    Extent extent = extents.get(index);
    return Matrix.zeros(rows(extent), columns(extent), Layout.ROWS);
  }
}
