package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts the command, with what this build has of lib. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin", "src", "main");
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  /** No cache goes with it, so that a command starts with all modules. */
  private static final Map<String, String> MODULES = Map.of("ANNEAL_OPTS", "-Xshare:auto");

  private static Path home;

  @TempDir Path folder;

  @BeforeAll
  static void putInPlace(@TempDir Path somewhere) throws IOException {
    home = somewhere.resolve("a path is one word");
    Lib.gather(app().resolve("lib"));
    Files.copy(Path.of("..", "anneal"), home.resolve("anneal"));
  }

  private static Path app() {
    return home.resolve("cli/target/anneal");
  }

  private Command anneal(String... arguments) throws IOException {
    return anneal(Map.of(), arguments);
  }

  private Command anneal(Map<String, String> environment, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(home.resolve("anneal").toString()));
    line.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANNEAL_"));
    builder.environment().put("ANNEAL_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      int exit = builder.start().waitFor();
      return new Command(exit, Files.readString(out), Files.readString(err));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** But for the warning, which is the JVM's. */
  private static Command withoutWarning(Command command) {
    return new Command(command.exit(), command.out(), command.err().replace(INCUBATOR + "\n", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "train --help",
        "schedule cosine(initial=0.1)|per|epoch",
        "schedule sgd(lr=0.1,momentum=polynomial(initial=0.95,end=0.85)|per|epoch) --json",
        "schedule step(0.1,factor=0.5,every=20ep)|per|epoch --csv --per epoch",
        "schedule cosine(initial=0.1)|per|epoch --as pytorch",
        "schedule nothing",
        "schedule --nothing",
        "schedule",
        "show nowhere",
      })
  void aLookSaysTheSameWithModulesAndWithout(String line) throws IOException {
    String[] arguments =
        Stream.of(line.split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> word.replace('|', ' '))
            .toArray(String[]::new);
    Command look = anneal(arguments);
    Command modules = anneal(MODULES, arguments);
    assertFalse(look.err().contains(INCUBATOR), look.err());
    assertTrue(modules.err().contains(INCUBATOR), modules.err());
    assertEquals(withoutWarning(modules), look);
  }

  @Test
  void aFolderOfPluginsIsSeen() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), true);
    String[] line = {
      "schedule", "sawtooth(1, every=2it) per iteration", "--csv", "--steps=3", "--plugins=plugins"
    };
    String values = "iteration,epoch,value\n0,0,1.0\n1,0,0.5\n2,0,1.0\n";
    assertEquals(values, anneal(line).out());
    assertEquals(
        values,
        anneal(
                Map.of("ANNEAL_PLUGINS", "plugins"),
                List.of(line).subList(0, 4).toArray(String[]::new))
            .out());
    Path file = Files.writeString(folder.resolve("arguments"), "--plugins=plugins");
    line[4] = "@" + file;
    assertEquals(values, anneal(line).out());
    String list = anneal("plugins", "sawtooth", "--plugins", "plugins").out();
    assertTrue(list.contains("(example.jar, module com.example.plugin)"), list);
  }

  @Test
  void whatComputesHasVectorsAndWhatLooksSeesItsRun() throws IOException {
    Command train = anneal("train", "--data", "ionosphere", "--epochs", "1", "--out", "run");
    assertEquals(new Command(0, train.out(), ""), train);
    assertTrue(train.out().contains("engine         vectors of "), train.out());
    Command modules =
        anneal(MODULES, "train", "--data", "ionosphere", "--epochs", "1", "--out", "modules");
    assertEquals(INCUBATOR + "\n", modules.err());
    assertTrue(modules.out().contains("engine         vectors of "), modules.out());
    assertEquals(-1, Files.mismatch(weights("run"), weights("modules")));
    for (String[] line :
        new String[][] {{"runs", "."}, {"show", "run"}, {"show", "run", "--json"}}) {
      Command look = anneal(line);
      assertEquals(0, look.exit(), look.err());
      assertEquals(withoutWarning(anneal(MODULES, line)), look);
    }
  }

  private Path weights(String run) {
    return folder.resolve(run).resolve("model.safetensors");
  }

  /** The JIT is asked for as much as pays: vectors where there is much to do, none for a moment. */
  @Test
  void vectorsTakeOverWhereThereIsMuchToDo() throws IOException {
    String[] small = {"train", "--data", "ionosphere", "--model", "34-34-1", "--epochs", "2"};
    String[] large = {"train", "--data", "ionosphere", "--model", "34-256-1", "--epochs", "150"};
    String few = environment("small", small);
    assertTrue(few.contains("\"kernels_vectorized\" : 0,"), few);
    assertFalse(few.contains("\"kernels_small\" : 0,"), few);
    String environment = environment("large", large);
    assertFalse(environment.contains("\"kernels_vectorized\" : 0,"), environment);
    assertTrue(environment.contains("\"kernels_scalar\" : 0,"), environment);
  }

  private String environment(String out, String... line) throws IOException {
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(List.of("--out", out));
    Command train = anneal(all.toArray(String[]::new));
    assertEquals(0, train.exit(), train.err());
    return Files.readString(folder.resolve(out).resolve("environment.json"));
  }

  @Test
  void anotherCollectorIsNoReasonToFail() throws IOException {
    for (String collector : List.of("-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC")) {
      Command train =
          anneal(
              Map.of("ANNEAL_OPTS", collector),
              "train",
              "--data=ionosphere",
              "--epochs=1",
              "--out=run" + collector.length());
      assertEquals(new Command(0, train.out(), ""), train);
    }
  }

  /** Each makes the cache in the same place; whoever fails takes nothing from the other. */
  @Test
  void twoMayStartAtOnceForTheFirstTime() throws IOException, InterruptedException {
    anneal("train", "--data", "nothing"); // makes what may be there
    Files.delete(app().resolve("train.aot"));
    remove(app().resolve("run"));
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(home.resolve("anneal").toString(), "train", "--data", "nothing")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("ANNEAL_JAVA_HOME", System.getProperty("java.home"));
      both.add(builder.start());
    }
    for (Process each : both) {
      assertEquals(2, each.waitFor());
    }
    assertTrue(Files.size(app().resolve("train.aot")) > 0);
    try (Stream<Path> left = Files.list(app())) {
      assertEquals(
          List.of(),
          left.map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("train.aot."))
              .toList());
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"schedule.aot, --help", "train.aot, train --data nothing"})
  void aCacheThatCannotBeUsedIsIgnored(String name, String words) throws IOException {
    String[] line = words.split(" ");
    Command said = anneal(line);
    Path cache = app().resolve(name);
    byte[] good = Files.readAllBytes(cache);
    assertTrue(good.length > 0);
    byte[] half = Arrays.copyOf(good, good.length / 2);
    byte[] other = good.clone();
    String version = System.getProperty("java.vm.version");
    int at = new String(good, 0, 1 << 12, StandardCharsets.ISO_8859_1).indexOf(version);
    assertTrue(at > 0, version);
    other[at + 1]++;
    for (byte[] bad :
        List.of(new byte[0], half, other, "no cache".getBytes(StandardCharsets.UTF_8))) {
      Files.write(cache, bad);
      assertEquals(said, anneal(line));
    }
    Files.write(cache, good);
  }
}
