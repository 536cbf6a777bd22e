package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/JAVA.md, compiled from there and started in each way that the page names. */
class JavaGuideTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern TYPE = Pattern.compile("(?m)^public final class (\\w+)");

  private static final String EXPORTS = "java.base/jdk.internal.module";
  private static final String MAIN = "com.example.Train";
  private static final String MODULE = "com.example.app/";

  /** Vector code from the first step on: the training is too small for it otherwise. */
  private static final String VECTORS = "-Danneal.warm-up=false";

  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir private static Path home;
  private static Path lib;
  private static Path app;

  @TempDir private Path folder;

  @BeforeAll
  static void compile() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "JAVA.md"));
    List<String> blocks = BLOCK.matcher(guide).results().map(found -> found.group(1)).toList();
    assertEquals(4, blocks.size());
    lib = Lib.gather(home.resolve("lib"));
    List<String> line = new ArrayList<>(List.of("-proc:none", "-Xlint:all,-incubating", "-Werror"));
    line.addAll(List.of("-p", lib.toString()));
    line.addAll(List.of("-d", home.resolve("classes").toString()));
    for (String block : blocks) {
      String name =
          TYPE.matcher(block)
              .results()
              .map(type -> type.group(1))
              .findFirst()
              .orElse("module-info");
      line.add(Files.writeString(home.resolve(name + ".java"), block).toString());
    }
    assertEquals("", run(home, JDK.resolve("bin/javac"), line));
    app = home.resolve("app.jar");
    Lib.pack(home.resolve("classes"), app);
  }

  @Test
  void itRunsFromTheClassPath() throws IOException {
    trains(JDK, "--add-exports", EXPORTS + "=ALL-UNNAMED", "-cp", app + ":" + lib + "/*", MAIN);
  }

  @Test
  void itRunsFromAJarWithoutAnOption() throws IOException {
    Manifest manifest = manifest(MAIN);
    String path = String.join(" ", jars().map(jar -> "lib/" + jar.getFileName()).toList());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    Path jar = home.resolve("executable.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      Lib.add(home.resolve("classes"), "", out);
    }
    trains(JDK, "-jar", jar.toString());
  }

  @Test
  void itRunsAsAModule() throws IOException {
    trains(JDK, "-p", app + File.pathSeparator + lib, "-m", MODULE + MAIN);
  }

  @Test
  void itRunsFromAnImageOfItsOwn() throws IOException {
    Path image = folder.resolve("image");
    String path = app + File.pathSeparator + lib;
    List<String> line = List.of("-p", path, "--add-modules", "com.example.app", "--output");
    run(
        folder,
        JDK.resolve("bin/jlink"),
        Stream.concat(line.stream(), Stream.of("" + image)).toList());
    trains(image, "-m", MODULE + MAIN);
  }

  @Test
  void itRunsFromANestedJarOfSpringBoot() throws IOException {
    Manifest manifest = manifest("org.springframework.boot.loader.launch.JarLauncher");
    manifest.getMainAttributes().putValue("Start-Class", MAIN);
    Path jar = folder.resolve("nested.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        JarInputStream loader = new JarInputStream(Files.newInputStream(springBootLoader()))) {
      for (ZipEntry entry = loader.getNextEntry(); entry != null; entry = loader.getNextEntry()) {
        if (entry.getName().startsWith("org/")) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          loader.transferTo(out);
        }
      }
      out.putNextEntry(new ZipEntry("BOOT-INF/classes/")); // the loader looks for the folder
      Lib.add(home.resolve("classes"), "BOOT-INF/classes/", out);
      for (Path nested : jars().toList()) {
        store(Files.readAllBytes(nested), "BOOT-INF/lib/" + nested.getFileName(), out);
      }
    }
    trains(JDK, "-jar", jar.toString());
  }

  @Test
  void itServes() throws IOException {
    List<String> line = List.of("-cp", app + ":" + lib + "/*", "com.example.Serve", model(), "0");
    ProcessBuilder start = process(folder, JDK.resolve("bin/java"), line);
    Process server =
        start.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader said = server.inputReader()) {
      String address = said.readLine();
      // The first two rows of the data: a good return and a bad one.
      String[] rows =
          Files.readString(Path.of("../data/src/main/resources/dev/anneal/data/ionosphere.csv"))
              .split("\n", 3);
      for (String row : List.of(rows[0], rows[1])) {
        int label = row.lastIndexOf(',');
        Matcher answer =
            Pattern.compile("([bg]) (\\S+)\n").matcher(post(200, address, row.substring(0, label)));
        assertTrue(answer.matches());
        assertEquals(row.substring(label + 1), answer.group(1));
        float probability = Float.parseFloat(answer.group(2));
        assertTrue(probability > 0.5f && probability <= 1, answer::group);
      }
      assertEquals("34 numbers, please\n", post(400, address, "1,2"));
      assertTrue(post(400, address, "x,".repeat(33) + "x").contains("\"x\""));
    } finally {
      server.destroy();
    }
  }

  @Test
  void itLearnsATableOfOnesOwn() throws IOException {
    Path table = Files.writeString(folder.resolve("rooms.csv"), rooms(200));
    Path others = Files.writeString(folder.resolve("others.csv"), OTHERS);

    String trained = own("warm.safetensors", table, "warm");
    assertTrue(trained.matches("val_loss 0\\.0\\d+\n|val_loss \\d\\S*E-\\d\n"), trained);
    assertEquals("no\nyes\nyes\n", own("warm.safetensors", others));

    own("degrees.safetensors", table, "degrees");
    double[] degrees =
        own("degrees.safetensors", others).lines().mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(new double[] {12, 25, 24}, degrees, 1.5);
  }

  /** South is ten degrees warmer than north, and each person one; some persons were not counted. */
  private static String rooms(int count) {
    StringBuilder text = new StringBuilder("side;persons;degrees;warm\n");
    for (int i = 0; i < count; i++) {
      int persons = i / 2 % 7;
      int degrees = (i % 2 == 0 ? 11 : 21) + persons;
      String counted = i % 14 == 7 ? "" : "" + persons;
      text.append(
          "%s;%s;%d;%s\n"
              .formatted(
                  i % 2 == 0 ? "north" : "south", counted, degrees, degrees > 19 ? "yes" : "no"));
    }
    return text.toString();
  }

  /** Columns in another order; one that is predicted by one model is an input of the other. */
  private static final String OTHERS =
      "persons;side;degrees;warm\n1;north;12;no\n4;south;25;yes\n;south;24;yes\n";

  private String own(String model, Path table, String... column) throws IOException {
    List<String> line = new ArrayList<>(List.of("--add-exports", EXPORTS + "=ALL-UNNAMED"));
    line.addAll(List.of("-cp", app + ":" + lib + "/*"));
    line.addAll(List.of("com.example.Own", folder.resolve(model).toString(), table.toString()));
    line.addAll(List.of(column));
    return run(folder, JDK.resolve("bin/java"), line);
  }

  private static String post(int status, String address, String body) throws IOException {
    HttpURLConnection call = (HttpURLConnection) URI.create(address).toURL().openConnection();
    call.setDoOutput(true);
    call.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    assertEquals(status, call.getResponseCode());
    try (InputStream in = status == 200 ? call.getInputStream() : call.getErrorStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** With vectors, to what the page says, and to the bits of scalar code. */
  private void trains(Path java, String... start) throws IOException {
    Path file = folder.resolve("model.safetensors");
    List<String> line = new ArrayList<>(List.of(VECTORS));
    line.addAll(List.of(start));
    line.add(file.toString());
    String said = run(folder, java.resolve("bin/java"), line);
    assertTrue(said.contains("accuracy 0.9913793103448276\nvectors of "), said);
    assertEquals(-1, Files.mismatch(Path.of(model()), file));
  }

  /** A model that scalar code has trained. */
  private String model() throws IOException {
    String file = folder.resolve("scalar.safetensors").toString();
    String said =
        run(folder, JDK.resolve("bin/java"), List.of("-cp", app + ":" + lib + "/*", MAIN, file));
    assertTrue(said.contains("accuracy 0.9913793103448276\nscalar code"), said);
    return file;
  }

  private static Manifest manifest(String main) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.putValue("Add-Exports", EXPORTS);
    return manifest;
  }

  private static Stream<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.sorted().toList().stream();
    }
  }

  private static Path springBootLoader() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains("spring-boot-loader"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  /** Nested jars are not compressed: the loader reads them where they lie. */
  private static void store(byte[] content, String name, ZipOutputStream out) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    out.putNextEntry(entry);
    out.write(content);
  }

  private static ProcessBuilder process(Path folder, Path program, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(arguments);
    return new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** What it said; it has to end well. */
  private static String run(Path folder, Path program, List<String> arguments) throws IOException {
    Process process = process(folder, program, arguments).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertEquals(0, process.waitFor(), said);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return said;
  }
}
