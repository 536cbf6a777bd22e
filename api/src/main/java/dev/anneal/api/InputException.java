package dev.anneal.api;

/**
 * What the user gave cannot be used: a specification, a file, a shape, a number. The message is one
 * line that says what is wrong, where, and what to do; the command prints it without a stack trace
 * and exits with code 2. It may quote what was given, and no terminal obeys anything in it: control
 * characters become spaces.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error for the user.
   *
   * @param message one line: what is wrong, where, what to do
   */
  public InputException(String message) {
    super(Messages.oneLine(message));
  }

  /**
   * Makes an error for the user, with the failure below it.
   *
   * @param message one line: what is wrong, where, what to do
   * @param cause the failure that revealed it
   */
  public InputException(String message, Throwable cause) {
    super(Messages.oneLine(message), cause);
  }
}
