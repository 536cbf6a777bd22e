package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingBarTest {
  private static final int BYTES = 3 << 20;

  @TempDir Path folder;

  /** What is shown of the reading of a file. */
  private String shown(boolean live, long wait) throws IOException {
    Path file = Files.write(folder.resolve("a.csv"), new byte[BYTES]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ReadingBar bar = new ReadingBar(new Terminal(out, out, live, true, 80), wait)) {
      for (int read = BYTES / 6; read <= BYTES; read += BYTES / 6) {
        bar.read(file, read);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aReadingThatTakesLongIsShownOnATerminal() throws IOException {
    String shown = shown(true, 0);
    assertTrue(shown.contains("reading 100%"), shown);
    assertTrue(shown.contains("3/3 MB"), shown);
    assertTrue(shown.lines().allMatch(line -> line.length() <= 80), shown);
  }

  @Test
  void nothingIsShownToProgramsOrOfAShortReading() throws IOException {
    assertEquals("", shown(false, 0));
    assertEquals("", shown(true, Long.MAX_VALUE));
  }
}
