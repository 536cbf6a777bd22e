package dev.anneal.interop;

import java.util.List;

/**
 * A schedule in the words of another framework.
 *
 * @param code a Python program, complete but for the model
 * @param notes where it is not exact, a line each; empty where it is
 */
public record Translation(String code, List<String> notes) {
  /** Keeps a copy of the notes. */
  public Translation {
    notes = List.copyOf(notes);
  }

  /**
   * The program with its notes as comments.
   *
   * @return Python
   */
  public String text() {
    StringBuilder text = new StringBuilder(code);
    text.append(
        notes.isEmpty() ? "\n# Exact, but for rounding.\n" : "\n# Where it is not exact:\n");
    notes.forEach(note -> text.append("# - ").append(note).append('\n'));
    return text.toString();
  }
}
