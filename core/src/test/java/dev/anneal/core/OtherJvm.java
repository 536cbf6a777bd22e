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
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("-cp");
    arguments.add(path().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    arguments.add(program.getName());
    return java(arguments);
  }

  /** Runs it as the main class of a jar, without any option. */
  public static OtherJvm runJar(Class<?> program, Map<String, String> attributes)
      throws IOException, InterruptedException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, program.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        path().map(each -> each.toUri().toString()).collect(Collectors.joining(" ")));
    attributes.forEach(main::putValue);
    Path jar = Files.createTempFile("program", ".jar");
    try {
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      return java(List.of("-jar", jar.toString()));
    } finally {
      Files.delete(jar);
    }
  }

  private static Stream<Path> path() {
    return Stream.concat(
        Stream.of(Width.class, InputException.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .map(Path::of),
        Stream.of(Path.of("target", "test-classes")));
  }

  private static OtherJvm java(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
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
