package dev.anneal.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, which a test may kill. */
final class CommandProcess {
  private CommandProcess() {}

  /** All that this test run has, as a class path. */
  static String path() {
    return System.getProperty("jdk.module.path", "")
        + File.pathSeparator
        + System.getProperty("java.class.path");
  }

  /** Starts it; what it prints goes to a file. */
  static Process start(Path log, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1", // these two start faster, and change no bit
                "-XX:+UseSerialGC",
                "-cp",
                path(),
                "dev.anneal.cli.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
