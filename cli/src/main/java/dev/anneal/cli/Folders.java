package dev.anneal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of folders. */
final class Folders {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private Folders() {}

  /**
   * A folder that does not exist yet: {@code 20261121-140530-train}, with a number if that is
   * taken.
   */
  static Path fresh(Path parent, String kind) {
    String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + "-" + kind;
    Path folder = parent.resolve(stamp);
    for (int i = 2; Files.exists(folder); i++) {
      folder = parent.resolve(stamp + "-" + i);
    }
    return folder;
  }

  /** A name as a part of a path: letters, digits and hyphens. */
  static String part(String name) {
    return name.replaceAll("[^\\p{Alnum}._-]+", "-");
  }
}
