package dev.anneal.cli.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzes reader after reader, each with Jazzer in a process of its own, and then reads all that got
 * anywhere once more with little memory. What it finds lies in {@code target/fuzz} and belongs
 * among the seeds once it is mended.
 */
final class Fuzz {
  /** A folder for each reader. */
  static final Path SEEDS = Path.of("src", "test", "resources", "dev", "anneal", "cli", "fuzz");

  private static final Path FOUND = Path.of("target", "fuzz");
  private static final Path CORPUS = FOUND.resolve("corpus");

  private Fuzz() {}

  /**
   * Fuzzes, and exits with 1 if anything was found.
   *
   * @param arguments seconds and inputs for each reader, whichever are over first; and, where not
   *     all are meant, readers
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Reader> readers =
        arguments.length > 2
            ? Arrays.stream(arguments).skip(2).map(Reader::valueOf).toList()
            : List.of(Reader.values());
    List<String> failed = new ArrayList<>();
    for (Reader reader : readers) {
      System.out.println("fuzzing " + reader);
      if (run(jazzer(reader, arguments[0], arguments[1])) != 0) {
        failed.add(reader.toString());
      }
    }
    if (run(Seeds.start(System.getProperty("java.class.path"), CORPUS)) != 0) {
      failed.add("with little memory");
    }
    System.out.println(failed.isEmpty() ? "nothing found" : "found something: " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static int run(ProcessBuilder process) throws IOException, InterruptedException {
    return process.inheritIO().start().waitFor();
  }

  private static ProcessBuilder jazzer(Reader reader, String seconds, String inputs)
      throws IOException {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx400m",
        "-XX:+UseSerialGC",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-Danneal.fuzz=" + reader,
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzTarget.class.getName(),
        "--instrumentation_includes=dev.anneal.**:com.ezylang.**:de.siegmar.**:org.snakeyaml.**:tools.jackson.**",
        // To open the file that is given is no finding.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
        "--reproducer_path=" + FOUND,
        "-artifact_prefix=" + FOUND.resolve(reader.folderName()) + "-",
        "-max_total_time=" + seconds,
        "-runs=" + inputs,
        "-max_len=4000",
        "-timeout=20",
        Files.createDirectories(CORPUS.resolve(reader.folderName())).toString(),
        SEEDS.resolve(reader.folderName()).toString());
  }
}
