package dev.anneal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.nn.training.Trainer;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final ModuleDescriptor module = Trainer.class.getModule().getDescriptor();

  @Test
  void nnUsesCoreAndNothingElse() {
    assertEquals(
        Set.of("java.base", "dev.anneal.core"),
        module.requires().stream()
            .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }

  /** Neither plugins nor anything that core hides: not even as a text. */
  @Test
  void noClassNamesAPluginOrTheInsideOfCore() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertTrue(classes.size() > 30);
      for (Path file : classes) {
        assertEquals(
            List.of(),
            StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false)
                .filter(Utf8Entry.class::isInstance)
                .map(entry -> ((Utf8Entry) entry).stringValue().replace('/', '.'))
                .filter(text ->
                    text.contains("dev.anneal.schedulers")
                        || text.contains("dev.anneal.optimizers")
                        || text.contains("dev.anneal.core.internal")
                        || text.contains("jdk.incubator"))
                .toList(),
            file.toString());
      }
    }
  }

  @Test
  void thePlanIsNotExported() {
    assertEquals(
        Set.of("dev.anneal.nn", "dev.anneal.nn.check", "dev.anneal.nn.graph"),
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
  }
}
