package dev.anneal.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A folder of jars as a build leaves it: what was compiled before the tests, and its libraries. */
final class Lib {
  /** What only tests need. */
  private static final Pattern OTHERS =
      Pattern.compile("(anneal-testkit|junit|jqwik|opentest4j|apiguardian|surefire|spring).*");

  private Lib() {}

  static Path gather(Path lib) throws IOException {
    Files.createDirectories(lib);
    for (String each : CommandProcess.path().split(File.pathSeparator)) {
      Path file = Path.of(each);
      String name = file.getFileName().toString();
      if (name.endsWith(".jar") && !OTHERS.matcher(name).matches()) {
        Files.copy(file, lib.resolve(name));
      } else if (file.endsWith(Path.of("target", "classes"))
          && !file.getParent().getParent().endsWith("testkit")) {
        pack(file, lib.resolve("anneal-" + file.getParent().getParent().getFileName() + ".jar"));
      }
    }
    return lib;
  }

  /** Packs what a folder has. */
  static void pack(Path folder, Path jar) throws IOException {
    try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
      add(folder, "", packed);
    }
  }

  /** Adds what a folder has to a jar, under a name. */
  static void add(Path folder, String under, JarOutputStream jar) throws IOException {
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        jar.putNextEntry(new ZipEntry(under + folder.relativize(file)));
        Files.copy(file, jar);
      }
    }
  }
}
