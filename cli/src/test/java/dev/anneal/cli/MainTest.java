package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void isInItsModule() {
    assertEquals("dev.anneal.cli", Main.class.getModule().getName());
  }

  @Tag("slow")
  @Test
  void runsOnTheReleaseItIsCompiledFor() {
    assertEquals(25, Runtime.version().feature());
  }
}
