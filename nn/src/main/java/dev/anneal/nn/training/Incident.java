package dev.anneal.nn.training;

/**
 * Something that a {@link Guard} has met and acted on.
 *
 * @param epoch in which, counted from 1
 * @param step of the whole run, counted from 1
 * @param what is not finite: rows of the batch, a gradient, or weights, by name
 * @param guard what was done
 */
public record Incident(int epoch, long step, String what, Guard guard) {
  @Override
  public String toString() {
    String done =
        switch (guard) {
          case STOP -> "training ended with the weights before it";
          case SKIP -> "the step was left out";
          case BACK_OFF -> "it was taken again, with half the learning rate from there on";
        };
    return "step %d (epoch %d): %s; %s".formatted(step, epoch, what, done);
  }
}
