package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module of the project.
 *
 * @param name its folder's
 * @param sources where its sources are
 * @param descriptor nothing for the testkit, which is a module by the name of its jar only
 * @param classes what was compiled, without descriptors
 */
record Room(
    String name, Path sources, Optional<ModuleDescriptor> descriptor, List<ClassModel> classes) {
  static Room read(String name, Path folder) {
    Path compiled = folder.resolve("target").resolve("classes");
    try {
      List<ClassModel> classes = classes(compiled);
      assertFalse(classes.isEmpty(), () -> "nothing compiled in " + compiled + ": build all");
      return new Room(name, folder.resolve("src/main/java"), descriptor(compiled), classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name under which other modules require it. */
  String module() {
    return "dev.anneal." + name;
  }

  /** The packages that have classes. */
  Set<String> packages() {
    return classes.stream()
        .map(type -> Names.packageOf(type.thisClass().asInternalName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<ClassModel> classes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.getFileName().toString().endsWith("-info.class"))
          .sorted()
          .map(Room::parse)
          .toList();
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ModuleDescriptor> descriptor(Path compiled) throws IOException {
    Path file = compiled.resolve("module-info.class");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(ModuleDescriptor.read(in));
    }
  }
}
