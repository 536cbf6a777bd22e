package dev.anneal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The laws of the house that compiled classes can show. */
class ArchitectureTest {
  private static final Path CLASSES = Path.of("target", "classes");

  private final ModuleDescriptor module = InputException.class.getModule().getDescriptor();

  @Test
  void coreNeedsTheJdkOnly() {
    Set<String> needed =
        module.requires().stream()
            .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet());
    assertEquals(Set.of("java.base", "jdk.incubator.vector"), needed);
  }

  @Test
  void internalPackagesAreNotExported() {
    assertTrue(module.packages().stream().anyMatch(name -> name.contains(".internal.")));
    assertEquals(
        List.of(),
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .filter(name -> name.contains(".internal"))
            .toList());
  }

  /** Classes that the JVM would link; the code generator names them in its output only. */
  @Test
  void onePackageAloneTouchesTheIncubator() throws IOException {
    Set<String> touching = new TreeSet<>();
    for (ClassModel type : classes()) {
      if (referenced(type).anyMatch(name -> name.startsWith("jdk/incubator/"))) {
        touching.add(type.thisClass().asInternalName());
      }
    }
    assertEquals(Set.of("dev/anneal/core/internal/vector/VectorBits"), touching);
  }

  @Test
  void noNativeMethodsUnsafeOrSerialization() throws IOException {
    for (ClassModel type : classes()) {
      String name = type.thisClass().asInternalName();
      assertFalse(type.methods().stream().anyMatch(m -> m.flags().has(AccessFlag.NATIVE)), name);
      assertEquals(
          List.of(),
          referenced(type)
              .filter(other ->
                  other.startsWith("sun/")
                      || other.startsWith("jdk/internal")
                      || other.startsWith("java/lang/foreign/")
                      || other.matches("java/io/Object(In|Out)putStream"))
              .toList(),
          name);
    }
  }

  private static List<ClassModel> classes() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<Path> all =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(file -> !file.endsWith("module-info.class"))
              .toList();
      assertTrue(all.size() > 50, "classes in " + CLASSES.toAbsolutePath());
      List<ClassModel> models = new ArrayList<>();
      for (Path file : all) {
        models.add(ClassFile.of().parse(file));
      }
      return models;
    }
  }

  private static Stream<String> referenced(ClassModel type) {
    return StreamSupport.stream(type.constantPool().spliterator(), false)
        .filter(ClassEntry.class::isInstance)
        .map(entry -> ((ClassEntry) entry).asInternalName());
  }
}
