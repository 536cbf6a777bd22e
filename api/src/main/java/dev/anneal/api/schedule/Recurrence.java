package dev.anneal.api.schedule;

/**
 * A state that is computed from the one before at each tick of a clock, as a callback {@code
 * (epoch, lr) -> lr * 0.9} does, or a reduction on a plateau. What a tick does depends on its
 * number and on what the run had recorded by then, on nothing else: so the state after {@code n}
 * ticks is a pure function of {@code n}, and {@link Progress#fold} may compute it tick by tick.
 */
public interface Recurrence {
  /**
   * How many numbers the state has.
   *
   * @return at least 1
   */
  int size();

  /**
   * Sets the state before the first tick.
   *
   * @param state {@link #size} numbers, to be written
   */
  void begin(double[] state);

  /**
   * Makes the next state.
   *
   * @param state the state, to be changed in place
   * @param tick the tick's number, counted from 0
   * @param run the run, at whatever later time this is computed: read its shape, and metrics of
   *     epochs up to the tick
   */
  void next(double[] state, long tick, Progress run);
}
