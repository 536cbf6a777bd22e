package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The sides of a parameter that have a matrix of their own, which gathers what gradients have to do
 * with themselves, and a basis or a factor that is made of it.
 *
 * @param left whether its rows have
 * @param right whether its columns have
 */
record Sides(boolean left, boolean right) {
  private static final Slot LEFT = new Slot("left", Extent.ROW_PAIR, 0);
  private static final Slot RIGHT = new Slot("right", Extent.COLUMN_PAIR, 0);
  private static final Slot LEFT_BASIS = new Slot("left_basis", Extent.ROW_PAIR, 0);
  private static final Slot RIGHT_BASIS = new Slot("right_basis", Extent.COLUMN_PAIR, 0);

  /** Those of a matrix that are longer than one and not too long; a single row has none. */
  static Sides of(Step step, int longest) {
    boolean matrix = step.rows() > 1;
    return new Sides(
        matrix && step.rows() <= longest,
        matrix && step.columns() > 1 && step.columns() <= longest);
  }

  boolean none() {
    return !left && !right;
  }

  private List<Slot> slots(Slot ofRows, Slot ofColumns) {
    List<Slot> all = new ArrayList<>();
    if (left) {
      all.add(ofRows);
    }
    if (right) {
      all.add(ofColumns);
    }
    return all;
  }

  List<Slot> grams() {
    return slots(LEFT, RIGHT);
  }

  List<Slot> bases() {
    return slots(LEFT_BASIS, RIGHT_BASIS);
  }

  private List<Lane> read(Step step) {
    return bases().stream().map(step::slot).toList();
  }

  /** A matrix as the bases see it. */
  Lane rotate(Step step, Lane x) {
    return rotate(step, x, read(step));
  }

  /** A matrix between two others: {@code P^T X Q}. */
  Lane rotate(Step step, Lane x, List<Lane> others) {
    return rotate(step, x, others, false);
  }

  /** A matrix that the bases see, as it is. */
  Lane rotateBack(Step step, Lane x) {
    return rotate(step, x, read(step), true);
  }

  private Lane rotate(Step step, Lane x, List<Lane> others, boolean back) {
    if (none()) {
      return x;
    }
    List<Lane> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(others);
    return step.matrices(new Rotation(left, right, back), inputs, List.of()).getFirst();
  }

  /** Gathers the gradient: keeps a part of what is there and adds a part of what is new. */
  List<Lane> grams(Step step, Lane kept, Lane added) {
    if (none()) {
      return List.of();
    }
    List<Lane> inputs = new ArrayList<>(List.of(step.gradient()));
    grams().forEach(gram -> inputs.add(step.slot(gram)));
    List<Lane> grams = step.matrices(new Grams(left, right), inputs, List.of(kept, added));
    for (int i = 0; i < grams.size(); i++) {
      step.set(grams().get(i), grams.get(i));
    }
    return grams;
  }

  /**
   * Turns the bases, as {@link SoapBases} has it.
   *
   * @return the mean squares and the mean that belong to them
   */
  List<Lane> turn(Step step, Lane squares, Lane mean, List<Lane> grams, Lane what) {
    if (none()) {
      return List.of(squares, mean);
    }
    List<Lane> inputs = new ArrayList<>(List.of(squares, mean));
    bases().forEach(basis -> inputs.add(step.slot(basis)));
    inputs.addAll(grams);
    List<Lane> turned = step.matrices(new SoapBases(left, right), inputs, List.of(what));
    for (int i = 0; i < grams.size(); i++) {
      step.set(bases().get(i), turned.get(i + 2));
    }
    return turned;
  }

  /** The inverse roots of what is gathered, computed anew where that is due. */
  List<Lane> roots(Step step, Lane kept, Lane added, Lane due, Lane epsilon) {
    List<Lane> inputs = new ArrayList<>(List.of(step.gradient()));
    inputs.addAll(read(step));
    grams().forEach(gram -> inputs.add(step.slot(gram)));
    List<Lane> roots =
        step.matrices(new InverseRoots(left, right), inputs, List.of(kept, added, due, epsilon));
    for (int i = 0; i < roots.size(); i++) {
      step.set(bases().get(i), roots.get(i));
    }
    return roots;
  }
}
