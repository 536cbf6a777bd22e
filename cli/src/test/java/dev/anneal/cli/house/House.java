package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of the project as they were built before this one, in the order of the root project.
 *
 * @param rooms all but the benchmarks, which nobody knows and which are built last, and those
 *     without code of ours
 */
record House(List<Room> rooms) {
  /** The folder of the root project; tests run in that of their module. */
  static final Path ROOT = Path.of("..");

  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
  private static final Set<String> NO_ROOMS = Set.of("bench", "bom", "relocated");

  static House read() {
    List<String> names =
        MODULE
            .matcher(text(ROOT.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !NO_ROOMS.contains(name))
            .toList();
    assertTrue(names.size() > 10, () -> "modules in " + ROOT.resolve("pom.xml") + ": " + names);
    return new House(names.stream().map(name -> Room.read(name, ROOT.resolve(name))).toList());
  }

  Stream<ClassModel> classes() {
    return rooms.stream().map(Room::classes).flatMap(List::stream);
  }

  /** The jars that the tests of this module run with, those of the product among them. */
  static List<Path> jars() {
    List<Path> jars =
        Stream.of("java.class.path", "jdk.module.path")
            .map(path -> System.getProperty(path, ""))
            .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
            .filter(path -> path.endsWith(".jar"))
            .map(Path::of)
            .toList();
    assertTrue(jars.size() > 10, jars::toString);
    return jars;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
