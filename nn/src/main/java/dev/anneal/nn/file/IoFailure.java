package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file cannot be read or written: the JDK's messages for usual reasons are a name. */
final class IoFailure {
  private IoFailure() {}

  static InputException reading(Path file, IOException e) {
    return because(file + ": cannot be read: ", e);
  }

  static InputException writing(Path file, IOException e) {
    return because(file + ": cannot be written: ", e);
  }

  private static InputException because(String what, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "no such file or folder";
          case AccessDeniedException _ -> "no permission";
          default -> String.valueOf(e.getMessage());
        };
    return new InputException(what + reason, e);
  }
}
