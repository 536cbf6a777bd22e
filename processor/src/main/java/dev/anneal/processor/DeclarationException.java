package dev.anneal.processor;

import javax.lang.model.element.Element;

/** A mistake in the declaration of a plugin, and where it is. */
final class DeclarationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Element element;

  DeclarationException(String message, Element element) {
    super(message);
    this.element = element;
  }

  Element element() {
    return element;
  }
}
