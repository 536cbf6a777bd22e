package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a stranger's sources against the core and packs them. */
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
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources =
          files(main.resolve("java")).stream()
              .filter(file -> modular || !file.endsWith("module-info.java"))
              .toList();
      String core = core();
      List<String> options =
          new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-p", core));
      if (!modular) {
        options.addAll(List.of("-cp", core));
      }
      assertTrue(
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call(),
          messages::toString);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path root : List.of(classes, main.resolve("resources"))) {
        for (Path file : files(root)) {
          out.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, out);
        }
      }
    }
  }

  /** Where this test run has the core: a jar, or a folder of classes. */
  private static String core() {
    try {
      return Path.of(
              dev.anneal.core.InputException.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
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
