import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks ("check") or corrects ("fix") the format of all modules' sources, in one JVM. */
class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    var options = fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed");
    String[] command = Stream.concat(options.stream(), sources(root)).toArray(String[]::new);
    var out = new PrintWriter(System.out, true);
    var err = new PrintWriter(System.err, true);
    int status = new Main(out, err, System.in).format(command);
    if (status != 0 && !fix) {
      System.err.println("These files are not formatted. To correct them: mvn -q -Pformat");
    }
    System.exit(status);
  }

  private static Stream<String> sources(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      Stream<Path> modules = folders.map(folder -> folder.resolve("src"));
      return Stream.concat(Stream.of(root.resolve(".mvn"), root.resolve("examples")), modules)
          .filter(Files::isDirectory)
          .flatMap(Format::files)
          .map(Path::toString)
          .filter(name -> name.endsWith(".java"))
          .toList()
          .stream();
    }
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
