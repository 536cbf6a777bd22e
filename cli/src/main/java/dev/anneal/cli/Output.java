package dev.anneal.cli;

import java.io.IOException;
import java.io.PrintStream;

/** Standard output, which may be full or closed. */
final class Output {
  private Output() {}

  /** Fails where something was lost: a print stream itself says nothing. */
  static void check(PrintStream out) throws IOException {
    if (out.checkError()) {
      throw new IOException("standard output cannot be written: it is full or closed");
    }
  }
}
