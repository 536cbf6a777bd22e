package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles small made-up houses, to see whether the laws find what breaks them. */
final class Sources {
  private Sources() {}

  /**
   * Compiles with the compiler of this JDK.
   *
   * @param folder for sources and classes
   * @param sources a file each, named by its first type
   */
  static List<ClassModel> compile(Path folder, String... sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", annotations(), "-d", folder.toString()));
    for (int i = 0; i < sources.length; i++) {
      Path file = folder.resolve(i + File.separator + nameOf(sources[i]) + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, sources[i]).toString());
    }
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(out, out, arguments.toArray(String[]::new)), messages::toString);
    return Room.classes(folder);
  }

  private static String annotations() {
    try {
      return Path.of(Nullable.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The word after the kind of type. */
  private static String nameOf(String source) {
    return source.split("(class|interface|record) ")[1].split("[ (<{]")[0];
  }
}
