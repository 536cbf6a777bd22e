package dev.anneal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InputExceptionTest {
  @Test
  void itsMessageIsALineWhateverItQuotes() {
    String message = "no \"a\nb\u001b[2J\"";
    assertEquals("no \"a b [2J\"", new InputException(message).getMessage());
    assertEquals("no \"a b [2J\"", new InputException(message, new Throwable()).getMessage());
  }
}
