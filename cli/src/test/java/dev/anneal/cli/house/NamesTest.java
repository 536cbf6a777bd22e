package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means one thing: in the house, and beside what every Java program knows. */
class NamesTest {
  private final Map<String, List<String>> house =
      bySimpleName(House.read().rooms().stream().flatMap(room -> publicTypes(room.classes())));

  @Test
  void noNameStandsTwice() {
    assertTrue(house.size() > 100, () -> "public types: " + house.keySet());
    assertEquals(List.of(), house.values().stream().filter(types -> types.size() > 1).toList());
  }

  @Test
  void noNameIsOneThatEveryProgramKnows() throws IOException {
    Map<String, List<String>> known =
        bySimpleName(Stream.concat(publicTypes(jdk("java/lang")), publicTypes(jdk("java/util"))));
    assertTrue(known.containsKey("String") && known.containsKey("List"), known::toString);
    Map<String, List<String>> both = new TreeMap<>(house);
    both.keySet().retainAll(known.keySet());
    assertEquals(Map.of(), both);
  }

  private static Stream<ClassModel> publicTypes(List<ClassModel> classes) {
    return classes.stream().filter(type -> Access.topLevel(type) && Access.isPublic(type));
  }

  private static Map<String, List<String>> bySimpleName(Stream<ClassModel> types) {
    return types
        .map(Names::of)
        .collect(
            Collectors.groupingBy(
                name -> name.substring(name.lastIndexOf('.') + 1),
                TreeMap::new,
                Collectors.toList()));
  }

  private static List<ClassModel> jdk(String name) throws IOException {
    Path folder =
        FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", name);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(NamesTest::parse)
          .toList();
    }
  }

  /** Not as a file: the image is none. */
  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
