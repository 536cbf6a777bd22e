package dev.anneal.optimizers.matrix;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The sides of a parameter that have a matrix of their own, which gathers what gradients have to do
 * with themselves, and a basis or a factor that is made of it.
 *
 * @param left whether its rows have
 * @param right whether its columns have
 */
public record Preconditioners(boolean left, boolean right) {
  private static final Slot LEFT = new Slot("left", Granularity.ROW_PAIR, 0);
  private static final Slot RIGHT = new Slot("right", Granularity.COLUMN_PAIR, 0);
  private static final Slot LEFT_BASIS = new Slot("left_basis", Granularity.ROW_PAIR, 0);
  private static final Slot RIGHT_BASIS = new Slot("right_basis", Granularity.COLUMN_PAIR, 0);

  /** Those of a matrix that are longer than one and not too long; a single row has none. */
  public static Preconditioners of(StepBuilder step, int longest) {
    boolean matrix = step.rows() > 1;
    return new Preconditioners(
        matrix && step.rows() <= longest,
        matrix && step.columns() > 1 && step.columns() <= longest);
  }

  public boolean none() {
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

  private List<Expression> read(StepBuilder step) {
    return bases().stream().map(step::slot).toList();
  }

  /** A matrix as the bases see it. */
  public Expression rotate(StepBuilder step, Expression x) {
    return rotate(step, x, read(step));
  }

  /** A matrix between two others: {@code P^T X Q}. */
  public Expression rotate(StepBuilder step, Expression x, List<Expression> others) {
    return rotate(step, x, others, false);
  }

  /** A matrix that the bases see, as it is. */
  public Expression rotateBack(StepBuilder step, Expression x) {
    return rotate(step, x, read(step), true);
  }

  private Expression rotate(StepBuilder step, Expression x, List<Expression> others, boolean back) {
    if (none()) {
      return x;
    }
    List<Expression> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(others);
    return step.matrices(new Rotation(left, right, back), inputs, List.of()).getFirst();
  }

  /**
   * Updates the Gram matrices with the gradient: a part {@code decay} of the old and a part {@code
   * added} of the new.
   */
  public List<Expression> updateGrams(StepBuilder step, Expression decay, Expression added) {
    if (none()) {
      return List.of();
    }
    List<Expression> inputs = new ArrayList<>(List.of(step.gradient()));
    grams().forEach(gram -> inputs.add(step.slot(gram)));
    List<Expression> grams =
        step.matrices(new GramMatrices(left, right), inputs, List.of(decay, added));
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
  public List<Expression> turn(
      StepBuilder step,
      Expression squares,
      Expression mean,
      List<Expression> grams,
      Expression what) {
    if (none()) {
      return List.of(squares, mean);
    }
    List<Expression> inputs = new ArrayList<>(List.of(squares, mean));
    bases().forEach(basis -> inputs.add(step.slot(basis)));
    inputs.addAll(grams);
    List<Expression> turned = step.matrices(new SoapBases(left, right), inputs, List.of(what));
    for (int i = 0; i < grams.size(); i++) {
      step.set(bases().get(i), turned.get(i + 2));
    }
    return turned;
  }

  /** The inverse roots of what is gathered, computed anew where that is due. */
  public List<Expression> roots(
      StepBuilder step,
      Expression decay,
      Expression added,
      Expression due,
      Expression epsilon,
      Expression least) {
    List<Expression> inputs = new ArrayList<>(List.of(step.gradient()));
    inputs.addAll(read(step));
    grams().forEach(gram -> inputs.add(step.slot(gram)));
    List<Expression> roots =
        step.matrices(
            new InverseRoots(left, right), inputs, List.of(decay, added, due, epsilon, least));
    for (int i = 0; i < roots.size(); i++) {
      step.set(bases().get(i), roots.get(i));
    }
    return roots;
  }
}
