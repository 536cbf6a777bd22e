package dev.anneal.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fuzzer starts from, and what it found once. */
class SeedsTest {
  @TempDir Path folder;

  @Test
  void everyReaderTakesItsSeedsInASecondWithLittleMemory() throws Exception {
    String classPath =
        Stream.of("jdk.module.path", "java.class.path")
            .map(path -> System.getProperty(path, ""))
            .collect(
                Collectors.joining(
                    File.pathSeparator,
                    Path.of("target", "test-classes") + File.pathSeparator,
                    File.pathSeparator + Path.of("target", "classes")));
    Path output = folder.resolve("output");
    Process process =
        Seeds.start(classPath, Fuzz.SEEDS)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String text = Files.readString(output);
    assertTrue(ended, text);
    assertEquals(0, process.exitValue(), text);
    for (Reader reader : Reader.values()) {
      assertTrue(text.contains(reader + ": "), text);
    }
  }

  @Test
  void whatIsNoWayToEndIsNoticed() {
    noticed(_ -> {
      throw new InputException("a".repeat(10_000));
    });
    noticed(_ -> {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(3)) {
        Thread.onSpinWait();
      }
    });
    assertThrows(
        IllegalStateException.class,
        () ->
            FuzzTarget.check(
                _ -> {
                  throw new IllegalStateException();
                },
                new byte[0]));
  }

  private static void noticed(FuzzTarget.Reading reading) {
    assertThrows(AssertionError.class, () -> FuzzTarget.check(reading, new byte[0]));
  }

  @Test
  void everySeedHasAReader() throws IOException {
    try (Stream<Path> folders = Files.list(Fuzz.SEEDS)) {
      assertEquals(
          Stream.of(Reader.values()).map(Reader::folderName).collect(Collectors.toSet()),
          folders.map(each -> each.getFileName().toString()).collect(Collectors.toSet()));
    }
  }
}
