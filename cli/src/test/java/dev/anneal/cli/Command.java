package dev.anneal.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the command within the test's process and keeps what it wrote. */
public record Command(int exit, String out, String err) {
  /** Runs it. */
  public static Command run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Command command = writingTo(bytes, arguments);
    return new Command(command.exit, bytes.toString(StandardCharsets.UTF_8), command.err);
  }

  /** Runs it with another standard output. */
  static synchronized Command writingTo(OutputStream output, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(arguments);
      return new Command(exit, "", errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  /** What it said beside, in lines. */
  public List<String> errLines() {
    return err.lines().toList();
  }
}
