package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of plugin jars: the worked example, and some that are broken. */
class PluginsTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin", "src", "main");

  /** A source file of a schedule, its name, body and whatever goes before {@code at}. */
  private static final String SCHEDULE =
      """
      package stranger;

      import dev.anneal.api.plugin.*;
      import dev.anneal.api.schedule.*;

      @Plugin(name = "%s", summary = "a test's")
      public record %s() implements Schedule {
        public double at(Progress progress) {
          %s
        }
      }
      """;

  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
  }

  /** A jar on the class path with one provider that lists these classes. */
  private void jar(String name, String plugin, String type, String body) throws IOException {
    Path main = folder.resolve(name);
    Path java = Files.createDirectories(main.resolve("java").resolve("stranger"));
    Files.writeString(java.resolve(type + ".java"), SCHEDULE.formatted(plugin, type, body));
    Files.writeString(
        java.resolve(name + ".java"),
        """
        package stranger;

        public final class %s implements dev.anneal.api.plugin.PluginProvider {
          public java.util.List<Class<? extends Record>> plugins() {
            return java.util.List.of(%s.class);
          }
        }
        """
            .formatted(name, type));
    Path services = Files.createDirectories(main.resolve("resources/META-INF/services"));
    Files.writeString(
        services.resolve("dev.anneal.api.plugin.PluginProvider"), "stranger." + name + "\n");
    Jars.make(main, plugins.resolve(name + ".jar"), false);
  }

  private Command anneal(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--plugins";
    all[1] = plugins.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Command.run(all);
  }

  private Command train(String... options) {
    String[] all = new String[options.length + 7];
    String out = folder.resolve("run").toString();
    System.arraycopy(
        new String[] {"train", "--data", "ionosphere", "--epochs", "2", "--out", out},
        0,
        all,
        0,
        7);
    System.arraycopy(options, 0, all, 7, options.length);
    return anneal(all);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theExampleTrains(boolean modular) throws IOException {
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), modular);
    Command train =
        train("--optimizer", "power-sign", "--schedule", "sawtooth(0.01, every=1ep) per iteration");
    assertEquals(0, train.exit(), train.err());
    assertTrue(train.out().contains("power-sign(learning_rate=sawtooth("), train.out());

    String list = anneal("plugins").out();
    String origin = modular ? "(example.jar, module com.example.plugin)" : "(example.jar)";
    assertTrue(list.contains("schedule sawtooth  " + origin), list);
    assertTrue(list.contains("optimizer power-sign  " + origin), list);
    assertTrue(list.contains("schedule exponential "), list);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunRecordsTheJarsThatItUses(boolean modular) throws IOException {
    Path jar = plugins.resolve("example.jar");
    Jars.make(EXAMPLE, jar, modular);
    jar("Other", "unused", "Unused", "return 0.1;");
    String sha256 = sha256(jar);
    assertEquals(0, train("--optimizer", "soft-clip(power-sign)").exit());
    String environment = Files.readString(folder.resolve("run/environment.json"));
    assertTrue(environment.contains("\"jar\" : \"example.jar\""), environment);
    assertTrue(environment.contains("\"sha256\" : \"" + sha256 + "\""), environment);
    assertFalse(environment.contains("Other.jar"), environment);

    String run = folder.resolve("run").toString();
    String shown = Command.run("show", run).out();
    assertTrue(shown.contains("plugins\n  example.jar "), shown);
    assertTrue(shown.contains("sha256 " + sha256), shown);
    String json = Command.run("show", run, "--json").out();
    assertTrue(json.contains("\"sha256\":\"" + sha256 + "\""), json);

    assertFalse(anneal("verify", run).out().contains("warning"));
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND); // another jar, that does the same
    String warning =
        "warning: the plugins of example.jar are not those that the run began with (sha256 %s, then %s): it may have other bits"
            .formatted(sha256(jar), sha256);
    Command verify = anneal("verify", run);
    assertEquals(0, verify.exit(), verify.err());
    assertTrue(verify.out().contains(warning), verify.out());
    Command resume = anneal("resume", run, "--epochs=3");
    assertEquals(0, resume.exit(), resume.err());
    assertTrue(resume.out().contains(warning), resume.out());
    assertFalse(anneal("verify", run).out().contains("warning"));
  }

  @Test
  void aRunWithoutPluginsOfOthersRecordsNone() throws IOException {
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), true);
    assertEquals(0, train("--optimizer", "adam").exit());
    assertFalse(Files.readString(folder.resolve("run/environment.json")).contains("\"plugins\""));
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theOptionMayFollowTheCommand() throws IOException {
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), true);
    Command schedule =
        Command.run(
            "schedule",
            "sawtooth(1, every=2it) per iteration",
            "--csv",
            "--epochs=1",
            "--samples=3",
            "--batch=1",
            "--plugins",
            plugins.toString());
    assertEquals("iteration,epoch,value\n0,0,1.0\n1,0,0.5\n2,0,1.0\n", schedule.out());
    Command compare =
        Command.run(
            "compare",
            "--plugins=" + plugins,
            "--data=ionosphere",
            "--epochs=1",
            "--run=power-sign",
            "--schedule=sawtooth(0.01, every=1ep) per epoch",
            "--out=" + folder.resolve("compare"));
    assertEquals(0, compare.exit(), compare.err());
  }

  /** A file of options may come from anybody. */
  @Test
  void noFileChoosesCode() throws IOException {
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), true);
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        "plugins: %s\ndata: ionosphere\nepochs: 1\noptimizer: power-sign\n".formatted(plugins));
    String out = "--out=" + folder.resolve("run");
    Command refused = Command.run("train", "--spec=" + spec, out);
    assertEquals(2, refused.exit(), refused.err());
    assertTrue(
        refused.err().contains("\"plugins\" is a folder of code, which no file chooses"),
        refused.err());
    assertEquals(0, Command.run("train", "--spec=" + spec, out, "--plugins=" + plugins).exit());
    assertEquals(0, anneal("train", "--spec=" + spec, out).exit());
  }

  @Test
  void oneThatThrowsIsNamedAndTheOthersWork() throws IOException {
    jar("Throwing", "broken", "Broken", "throw new IllegalStateException(\"out of order\");");
    Jars.make(EXAMPLE, plugins.resolve("example.jar"), true);
    Command broken = train("--schedule", "broken");
    assertEquals(1, broken.exit());
    assertEquals(
        "anneal: a failure of the plugin class stranger.Broken:"
            + " java.lang.IllegalStateException: out of order",
        broken.errLines().getFirst());
    assertEquals(0, train("--optimizer", "power-sign").exit());
  }

  @Test
  void oneThatIsNoNumberIsRefused() throws IOException {
    jar("Nan", "nan", "NotANumber", "return progress.iteration() > 3 ? Double.NaN : 0.1;");
    Command nan = train("--schedule", "nan");
    assertEquals(2, nan.exit(), nan.err());
    assertTrue(nan.err().contains("NaN at iteration "), nan.err());
  }

  @Test
  void aNameThatIsTakenIsNamedAndTheOthersWork() throws IOException {
    jar("Clash", "step", "MyStep", "return 1;");
    jar("Fine", "good", "Good", "return 0.1;");
    Command clash = train("--schedule", "step(0.1, factor=0.5, every=1ep) per epoch");
    assertEquals(2, clash.exit());
    assertTrue(
        clash.err().contains("two schedules are named \"step\": dev.anneal.schedulers.StepDecay")
            && clash.err().contains("stranger.MyStep of Clash.jar; remove one"),
        clash.err());
    assertEquals(0, train("--schedule", "good").exit());
    assertTrue(anneal("plugins").out().contains("not usable: two schedules are named \"step\""));
  }

  @Test
  void aProviderThatCannotBeMadeIsNamedAndTheOthersWork() throws IOException {
    jar("Fine", "good", "Good", "return 0.1;");
    Path main = folder.resolve("missing");
    Path services = Files.createDirectories(main.resolve("resources/META-INF/services"));
    Files.writeString(services.resolve("dev.anneal.api.plugin.PluginProvider"), "stranger.Gone\n");
    Files.createDirectories(main.resolve("java"));
    Files.writeString(main.resolve("java/Empty.java"), "class Empty {}");
    Jars.make(main, plugins.resolve("missing.jar"), false);
    assertTrue(anneal("plugins").out().contains("not usable: plugin provider not loaded:"));
    assertTrue(train("--schedule", "god").err().contains("stranger.Gone"));
    assertEquals(0, train("--schedule", "good").exit());
  }

  @Test
  void aModuleThatComesTwiceIsNamed() throws IOException {
    Jars.make(EXAMPLE, plugins.resolve("a.jar"), true);
    Jars.make(EXAMPLE, plugins.resolve("b.jar"), true);
    refused(
        "--plugins: a.jar and b.jar in " + plugins + " hold the same module com.example.plugin");
  }

  @Test
  void aFolderWithoutPluginsIsRefused() throws IOException {
    refused("--plugins: no jar lies in " + plugins);
    Path text = Files.writeString(plugins.resolve("a.jar"), "no jar");
    refused("--plugins: cannot read " + text);
    Files.delete(text);
    Path main = folder.resolve("library");
    Files.createDirectories(main.resolve("java"));
    Files.writeString(main.resolve("java/Empty.java"), "class Empty {}");
    Jars.make(main, plugins.resolve("library.jar"), false);
    refused("--plugins: no jar in " + plugins + " provides plugins");
    plugins = folder.resolve("nowhere");
    refused("--plugins: there is no folder " + plugins);
  }

  private void refused(String reason) {
    Command command = anneal("plugins");
    assertEquals(2, command.exit(), command.err());
    assertEquals(1, command.errLines().size(), command.err());
    assertTrue(command.err().contains(reason), command.err());
  }
}
