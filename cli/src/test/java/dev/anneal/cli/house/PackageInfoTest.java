package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says what belongs in it and where to begin reading. */
class PackageInfoTest {
  private static final String INFO = "package-info.java";
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  /** Less says no more than the name of the package. */
  private static final int LEAST_WORDS = 25;

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    for (Room room : House.read().rooms()) {
      List<Path> packages = packages(room.sources());
      assertTrue(!packages.isEmpty(), room::name);
      for (Path folder : packages) {
        Path info = folder.resolve(INFO);
        assertTrue(Files.exists(info), () -> "there is no " + info);
        assertTrue(words(House.text(info)) >= LEAST_WORDS, () -> info + " says next to nothing");
      }
    }
  }

  @Test
  void noPackageIsNothingButItsComment() throws IOException {
    for (Room room : House.read().rooms()) {
      List<Path> packages = packages(room.sources());
      try (Stream<Path> files = Files.walk(room.sources())) {
        assertEquals(
            List.of(),
            files
                .filter(file -> file.endsWith(INFO) && !packages.contains(file.getParent()))
                .toList());
      }
    }
  }

  @Test
  void wordsAreThoseOfTheComment() {
    assertEquals(3, words("/** Not one\n * more. */\n@NullMarked\npackage a.b;"));
    assertEquals(0, words("package a.b;"));
  }

  private static List<Path> packages(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.getFileName().toString().endsWith("-info.java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static long words(String source) {
    Matcher comment = COMMENT.matcher(source);
    return comment.find()
        ? Stream.of(comment.group(1).split("[\\s*]+")).filter(word -> !word.isEmpty()).count()
        : 0;
  }
}
