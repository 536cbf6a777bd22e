package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a program reads and writes for a parameter. Expressions name an array or a scalar by its
 * place here: {@link Expression.Operand}, {@link Expression.Scalar}.
 *
 * @param arrays several numbers each: the weights, the gradient, slots, and what is computed on the
 *     way
 * @param scalars one number each: what a step is given (the hyper-parameters in their order, the
 *     number of the step, the samples of the batch, whether it is the last), the loss where it is
 *     read, slots, and what is computed on the way
 * @param slots where each slot lies, in the order in which the step mentions them
 */
public record Memory(List<Cell> arrays, List<Cell> scalars, Map<Slot, Expression> slots) {
  /** The place of the weights among the arrays. */
  public static final int WEIGHT = 0;

  /** The place of the gradient among the arrays. */
  public static final int GRADIENT = 1;

  /** What a cell is for. */
  public enum Role {
    /** The weights. */
    WEIGHT,
    /** The gradient of the loss. */
    GRADIENT,
    /** The value of a hyper-parameter at the step. */
    HYPERPARAMETER,
    /** The number of the step, 1 for the first. */
    STEP,
    /** How many samples the gradient is the mean of. */
    SAMPLES,
    /** 1 in the last update of the run, else 0. */
    LAST,
    /** The mean loss of the batch. */
    LOSS,
    /** What is kept from step to step. */
    SLOT,
    /** What is computed in a step and read in the same one. */
    TEMPORARY
  }

  /**
   * A place in memory.
   *
   * @param name unique among arrays and scalars together
   * @param role what it is for
   * @param granularity how many numbers, or of a scalar, for what it is the same
   */
  public record Cell(String name, Role role, Granularity granularity) {}

  /** Copies the collections. */
  public Memory {
    arrays = List.copyOf(arrays);
    scalars = List.copyOf(scalars);
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /**
   * The granularity of an array.
   *
   * @param array its place
   * @return how many numbers it has
   */
  public Granularity granularity(int array) {
    return arrays.get(array).granularity();
  }

  /**
   * Where the number of the step lies: behind the hyper-parameters.
   *
   * @return its place among the scalars
   */
  public int step() {
    return find(Role.STEP).orElseThrow();
  }

  /**
   * Where the samples of the batch lie: behind the number of the step, and before what says whether
   * the step is the last.
   *
   * @return its place among the scalars
   */
  public int samples() {
    return find(Role.SAMPLES).orElseThrow();
  }

  /**
   * Where the loss of the batch goes.
   *
   * @return its place among the scalars; nothing if the program does not read it
   */
  public OptionalInt loss() {
    return find(Role.LOSS);
  }

  private OptionalInt find(Role role) {
    return IntStream.range(0, scalars.size())
        .filter(i -> scalars.get(i).role() == role)
        .findFirst();
  }

  /**
   * Where a slot lies.
   *
   * @param name the name of the slot
   * @return an operand, or a scalar for a slot of one number; nothing if there is no such slot
   */
  public Optional<Expression> place(String name) {
    return slots.entrySet().stream()
        .filter(each -> each.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The scalars before the first step: slots as they begin, and a batch of 1 sample for steps that
   * are given none.
   *
   * @return a new array
   */
  public double[] initialScalars() {
    double[] initial = new double[scalars.size()];
    initial[samples()] = 1;
    slots.forEach((slot, place) -> {
      if (place instanceof Expression.Scalar(int index)) {
        initial[index] = slot.initial();
      }
    });
    return initial;
  }
}
