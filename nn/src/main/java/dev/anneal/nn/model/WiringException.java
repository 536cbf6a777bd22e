package dev.anneal.nn.model;

/** What a layer computes does not fit together. The message names the layer and the operands. */
final class WiringException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WiringException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
