package dev.anneal.data;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Says why a file cannot be read: the JDK's own messages for the usual reasons are only its name.
 */
final class ReadFailure {
  private ReadFailure() {}

  static InputException because(Path file, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "no such file";
          case AccessDeniedException _ -> "no permission to read it";
          default -> "cannot be read: " + e.getMessage();
        };
    return new InputException(file + ": " + reason, e);
  }
}
