package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Compiles a stranger's sources against the API and packs them. */
final class Jars {
  private Jars() {}

  /**
   * Makes a jar of a source folder laid out as Maven's.
   *
   * @param main with {@code java} and {@code resources}
   * @param jar the jar to make
   * @param modular whether its module-info goes into it
   */
  static void make(Path main, Path jar, boolean modular) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(main.resolve("java"), classes, modular ? "-p" : "-cp", api());
    try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path root : List.of(classes, main.resolve("resources"))) {
        for (Path file : files(root)) {
          packed.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, packed);
        }
      }
    }
  }

  /**
   * Compiles a folder.
   *
   * @param sources with what is to be compiled
   * @param classes where to
   * @param option {@code -p} where the module-info counts, or {@code -cp}
   * @param path what it needs
   */
  static void compile(Path sources, Path classes, String option, String path) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", option, path));
    files(sources).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> option.equals("-p") || !file.endsWith("module-info.java"))
        .map(Path::toString)
        .forEach(arguments::add);
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(out, out, arguments.toArray(String[]::new)), messages::toString);
  }

  /** Where this test run has the API: a jar, or a folder of classes. */
  private static String api() {
    try {
      return Path.of(
              InputException.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
