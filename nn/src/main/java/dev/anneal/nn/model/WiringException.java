package dev.anneal.nn.model;

/** What a layer or a loss computes does not fit together. The message names it and the operands. */
final class WiringException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WiringException(String message) {
    super(message);
  }

  WiringException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
