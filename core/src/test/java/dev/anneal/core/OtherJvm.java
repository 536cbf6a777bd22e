package dev.anneal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.InputException;
import dev.anneal.core.kernel.Width;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a program in a process of its own, on the class path: for what is decided once in a process.
 *
 * @param out what it printed
 * @param err what it said beside
 */
public record OtherJvm(String out, String err) {
  /** Runs a class of the tests. */
  public static OtherJvm run(Class<?> program, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(Width.class, InputException.class)
                    .map(
                        type -> type.getProtectionDomain().getCodeSource().getLocation().getPath()),
                Stream.of(Path.of("target", "test-classes").toString()))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(program.getName());
    Path errors = Files.createTempFile("errors", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      String err = Files.readString(errors);
      assertEquals(0, status, () -> command + "\n" + err);
      return new OtherJvm(out, err);
    } finally {
      Files.delete(errors);
    }
  }
}
