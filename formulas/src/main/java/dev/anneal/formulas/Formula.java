package dev.anneal.formulas;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;

/**
 * A formula of the time, written in the specification: {@code formula("0.1 * 0.95^epoch") per
 * epoch}.
 *
 * <p>Names are those of the variables and functions below, in any case:
 *
 * <ul>
 *   <li>{@code t}: the clock, counted in {@code per}, from 0; {@code total}: the planned length of
 *       the run, counted likewise, whole or not
 *   <li>{@code iteration}: the updates done; {@code epoch}: the whole epochs done; {@code epochs}:
 *       the epochs done, with their fraction; {@code progress}: the part of the planned run that is
 *       done, from 0 to 1
 *   <li>{@code pi}, {@code e}
 *   <li>{@code + - * /}, {@code %} (the remainder, with the sign of the left side), {@code ^}
 *       (binds closer than a sign before it and groups to the right: {@code -2^2} is -4, {@code
 *       2^3^2} is 512), {@code < <= > >= == !=} (1 where it holds, else 0)
 *   <li>{@code abs ceil cos exp floor log log10 round sin sqrt tan tanh} of one number; angles are
 *       in radians, {@code log} is the natural one, {@code round} goes to the even one of two
 *   <li>{@code min} and {@code max} of one or more; {@code if(condition, then, otherwise)}, where
 *       any number but 0 is true
 * </ul>
 *
 * <p>Read per epoch, all variables are those of the first update of the epoch, so the value is
 * constant within it. In a part of a run, as in a sequence, they are those of the part. Arithmetic
 * is that of {@code double} and {@link StrictMath}, the same on every machine. The text is read
 * once; a reading takes some 5 ns and 2 ns for each operation, {@code ^} and the functions of
 * angles 40 ns, and makes no objects but those that {@link StrictMath} may make for these (96 bytes
 * at most).
 *
 * <p>At 0, at its end and beyond, the formula says what happens. A value beyond the largest number
 * is that number. A value that is not a number at all, as 0 / 0, cannot be known before: reading it
 * is an error that names formula, time and variables.
 *
 * <p>Source: LambdaLR of PyTorch and LearningRateScheduler of Keras, as text.
 */
@Plugin(
    name = "formula",
    summary = "a formula of t, epoch, epochs, iteration, progress and total",
    source = "PyTorch LambdaLR and Keras LearningRateScheduler, as text")
public record Formula(@Param("the formula") String text, Unit per) implements Schedule {
  /**
   * Reads the formula.
   *
   * @throws InputException if there is a mistake in it, naming the column
   */
  public Formula {
    CompiledFormula.of(text);
  }

  @Override
  public double at(Progress progress) {
    long iteration =
        switch (per) {
          case ITERATION -> progress.iteration();
          case EPOCH -> progress.epoch() * progress.iterationsPerEpoch();
        };
    double value = CompiledFormula.of(text).at(progress, iteration, per);
    if (Double.isNaN(value)) {
      throw CompiledFormula.notANumber(text, progress, iteration, per);
    }
    return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
