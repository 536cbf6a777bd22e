package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arrays of a rule for a parameter: its weights, a gradient, slots, and what is computed on the
 * way. Numbers of weights lie as the weights do, pairs in rows, the others without gaps.
 */
final class ProgramArrays {
  /**
   * Floats in 4 KB. What is read that many bytes after what was written, or a multiple of it, waits
   * for the write: processors compare the last bits of addresses first.
   */
  private static final int PAGE = 1024;

  /** How far arrays that are read together lie apart within that. */
  private static final int APART = 320;

  private final Matrix weights;
  private final List<Granularity> granularities;
  private final float[][] arrays;
  private final int[] offsets;

  /**
   * Makes what there is not yet.
   *
   * @param slots those of the parameter, by name; receives the ones that are new
   */
  ProgramArrays(UpdateProgram rule, Matrix weights, Map<String, Placed> slots) {
    this.weights = weights;
    granularities = rule.memory().arrays().stream().map(Memory.Cell::granularity).toList();
    arrays = new float[granularities.size()][];
    offsets = new int[arrays.length];
    arrays[Memory.WEIGHT] = weights.array();
    offsets[Memory.WEIGHT] = weights.offset();
    rule.memory()
        .slots()
        .forEach((slot, place) -> {
          if (place instanceof Expression.Operand(int array)) {
            Placed placed = slots.computeIfAbsent(slot.name(), _ -> initial(slot, slots.size()));
            arrays[array] = placed.array();
            offsets[array] = placed.offset();
          }
        });
    for (int array = Memory.GRADIENT + 1; array < arrays.length; array++) {
      if (arrays[array] == null) {
        arrays[array] = new float[length(granularities.get(array))];
      }
    }
  }

  /** Numbers of weights begin apart from the weights and from one another. */
  private Placed initial(Slot slot, int before) {
    int offset =
        slot.granularity() == Granularity.WEIGHT
            ? (weights.offset() + (before + 1) * APART) % PAGE
            : 0;
    float[] array = new float[Layout.length((long) offset + length(slot.granularity()))];
    Arrays.fill(array, (float) slot.initial());
    return new Placed(array, offset);
  }

  private int length(Granularity granularity) {
    Layout layout = layout(granularity);
    int columns = columns(granularity);
    return hasSlack(granularity)
        ? Layout.length((long) layout.size(rows(granularity), columns) + layout.slack(columns))
        : Layout.length((long) rows(granularity) * columns);
  }

  private static boolean hasSlack(Granularity granularity) {
    return granularity == Granularity.WEIGHT || granularity.isPair();
  }

  private Layout layout(Granularity granularity) {
    return granularity == Granularity.WEIGHT ? weights.layout() : Layout.ROWS;
  }

  private int rows(Granularity granularity) {
    return granularity.rows(weights.rows(), weights.columns());
  }

  private int columns(Granularity granularity) {
    return granularity.columns(weights.rows(), weights.columns());
  }

  /** An array, and where in it the first number lies. */
  @SuppressWarnings("ArrayRecordComponent") // a holder of buffers: shared, never compared
  record Placed(float[] array, int offset) {}

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

  /** Copies an array to another of the same granularity. */
  void copy(int from, int to) {
    System.arraycopy(
        arrays[from], offsets[from], arrays[to], offsets[to], arrays[from].length - offsets[from]);
  }

  /** From now on the gradient is this one. */
  void setGradient(Matrix gradient) {
    arrays[Memory.GRADIENT] = gradient.array();
    offsets[Memory.GRADIENT] = gradient.offset();
  }

  Granularity granularity(int index) {
    return granularities.get(index);
  }

  /** How many numbers of a granularity are stored, gaps between them included. */
  int size(Granularity granularity) {
    return granularity == Granularity.WEIGHT
        ? weights.layout().size(weights.rows(), weights.columns())
        : rows(granularity) * columns(granularity);
  }

  /** An array of weights or of pairs as a matrix. */
  Matrix matrix(int index) {
    Granularity granularity = granularities.get(index);
    return new Matrix(
        arrays[index],
        offsets[index],
        rows(granularity),
        columns(granularity),
        layout(granularity));
  }

  /** A new matrix of the shape of an array. */
  Matrix like(int index) {
    Granularity granularity = granularities.get(index);
    return Matrix.zeros(rows(granularity), columns(granularity), Layout.ROWS);
  }
}
