package dev.anneal.cli.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the seeds and the bombs, in a process of its own with little memory. It prints how many it
 * has read of each reader, and what went wrong on standard error.
 */
final class Seeds {
  private boolean failed;

  private Seeds() {}

  /**
   * Reads all, and exits with 1 if anything went wrong.
   *
   * @param arguments the folder that has a folder of inputs for each reader
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    Seeds seeds = new Seeds();
    for (Reader reader : Reader.values()) {
      List<Path> files = files(Path.of(arguments[0]).resolve(reader.folderName()));
      List<Bomb> bombs = Bomb.of(reader);
      for (Path file : files) {
        seeds.check(reader, file.getFileName().toString(), Files.readAllBytes(file));
      }
      for (Bomb bomb : bombs) {
        seeds.check(reader, bomb.name(), bomb.bytes());
      }
      System.out.println(reader + ": " + (files.size() + bombs.size()));
    }
    System.exit(seeds.failed ? 1 : 0);
  }

  /** A process that reads all in a folder. */
  static ProcessBuilder start(String classPath, Path inputs) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-cp",
        classPath,
        Seeds.class.getName(),
        inputs.toString());
  }

  private void check(Reader reader, String name, byte[] input) {
    try {
      FuzzTarget.check(reader, input);
    } catch (RuntimeException | IOException | Error e) {
      failed = true;
      System.err.println(reader + ", " + name + ": " + e);
      e.printStackTrace();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
