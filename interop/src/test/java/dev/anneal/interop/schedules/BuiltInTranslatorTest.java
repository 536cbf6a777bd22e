package dev.anneal.interop.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.interop.Translator;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInTranslatorTest {
  @Test
  void modulePathAndClassPathNameTheSameTranslators() throws Exception {
    URI classes =
        BuiltInTranslator.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    String services = "META-INF/services/" + Translator.class.getName();
    try (InputStream module = classes.resolve("module-info.class").toURL().openStream();
        InputStream named = classes.resolve(services).toURL().openStream()) {
      List<String> provided =
          ModuleDescriptor.read(module).provides().stream()
              .flatMap(provides -> provides.providers().stream())
              .toList();
      String text = new String(named.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(provided, text.lines().toList());
    }
  }
}
