package dev.anneal.experiments;

import dev.anneal.api.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why something could not be written: the JDK's messages for usual reasons are a name. */
final class Failures {
  private Failures() {}

  static String writing(Path folder, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException missing -> "there is no " + missing.getFile();
          case AccessDeniedException _ -> "no permission";
          case FileAlreadyExistsException file -> file.getFile() + " is a file";
          case NotDirectoryException file -> file.getFile() + " is a file";
          default -> Messages.oneLine(String.valueOf(e.getMessage()));
        };
    return "cannot write a run to %s: %s".formatted(folder, reason);
  }
}
