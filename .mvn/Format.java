import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks ({@code check}) or corrects ({@code fix}) the format of every module's sources, in one JVM. */
class Format {

  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    List<String> sources;
    try (Stream<Path> folders = Files.list(root)) {
      sources = folders.map(folder -> folder.resolve("src")).filter(Files::isDirectory)
          .flatMap(Format::walk).map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
    }
    Stream<String> options = fix ? Stream.of("--replace") : Stream.of("--dry-run", "--set-exit-if-changed");
    var formatter = new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in);
    int status = formatter.format(Stream.concat(options, sources.stream()).toArray(String[]::new));
    if (status != 0 && !fix) {
      System.err.println("The files above are not formatted. This corrects them: mvn -q -Pformat");
    }
    System.exit(status);
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
