package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.experiments.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The projects that {@code anneal plugins new} writes: compiled, held to the laws and used. */
class NewPluginTest {
  private static final Pattern VERSIONED =
      Pattern.compile(
          "<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

  @TempDir Path folder;

  private Command make(String... arguments) {
    return Command.run(
        Stream.concat(Stream.of("plugins", "new"), Stream.of(arguments)).toArray(String[]::new));
  }

  private Path project() {
    return folder.resolve("project");
  }

  @ParameterizedTest
  @CsvSource({
    "schedule, slow-fall, SlowFall, --optimizer sgd --schedule slow-fall(0.1)|per|iteration",
    "optimizer, my-rule2, MyRule2, --optimizer my-rule2(0.01)",
    "wrapper, gentle, Gentle, --optimizer gentle(adam)"
  })
  void itMeetsTheLawsAndTrains(String kind, String name, String type, String use)
      throws IOException, InterruptedException {
    Command made = make(kind, name, "--package=org.example.own", "--out=" + project());
    assertEquals(0, made.exit(), made.err());
    assertTrue(made.out().contains(use.replace('|', ' ').split(" ", -1)[1]), made.out());
    meetsTheLaws("org.example.own." + type + "Properties");

    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Jars.make(project().resolve("src/main"), plugins.resolve("own.jar"), false);
    Command list = Command.run("--plugins", plugins.toString(), "plugins", name);
    assertTrue(list.out().contains(" " + name + "  (own.jar)"), list.out() + list.err());
    assertFalse(list.out().contains("not usable"), list.out());
    List<String> train = new ArrayList<>(List.of("train", "--data", "ionosphere", "--epochs", "2"));
    Stream.of(use.split(" ", -1)).map(word -> word.replace('|', ' ')).forEach(train::add);
    train.addAll(List.of("--plugins=" + plugins, "--out=" + folder.resolve("run")));
    Command trained = Command.run(train.toArray(String[]::new));
    assertEquals(0, trained.exit(), trained.err());
  }

  /** In a process of its own, on the class path, as the project's build does. */
  private void meetsTheLaws(String test) throws IOException, InterruptedException {
    Path classes = folder.resolve("classes");
    String path = CommandProcess.path();
    Jars.compile(project().resolve("src"), classes, "-cp", path);
    Path services = Path.of("META-INF", "services", "dev.anneal.api.plugin.PluginProvider");
    Files.createDirectories(classes.resolve(services).getParent());
    Files.copy(
        project().resolve("src/main/resources").resolve(services), classes.resolve(services));
    Files.createDirectory(folder.resolve("target")); // where jqwik notes what has failed
    Path log = folder.resolve("log");
    Process laws =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                classes + File.pathSeparator + path,
                "dev.anneal.cli.Laws",
                test)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertEquals(0, laws.waitFor(), Files.readString(log));
  }

  @Test
  void itIsWrittenIntoAFolderOfItsName() throws IOException {
    Path out = folder.resolve("a/b");
    Command made = make("optimizer", "power-sign", "--out", out.toString());
    assertEquals(0, made.exit(), made.err());
    try (Stream<Path> files = Files.walk(out)) {
      assertEquals(
          List.of(
              "README.md",
              "pom.xml",
              "src/main/java/com/example/powersign/PowerSign.java",
              "src/main/java/com/example/powersign/PowerSignProvider.java",
              "src/main/resources/META-INF/services/dev.anneal.api.plugin.PluginProvider",
              "src/test/java/com/example/powersign/PowerSignProperties.java",
              "src/test/resources/junit-platform.properties"),
          files
              .filter(Files::isRegularFile)
              .map(file -> out.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList());
    }
    assertEquals(
        "com.example.powersign.PowerSignProvider\n",
        Files.readString(
            out.resolve("src/main/resources/META-INF/services")
                .resolve("dev.anneal.api.plugin.PluginProvider")));
    String pom = Files.readString(out.resolve("pom.xml"));
    assertTrue(pom.contains("<anneal.version>" + Machine.version() + "</anneal.version>"), pom);
    assertFalse(pom.contains("@"), pom);
  }

  @Test
  void itIsBuiltAsTheHouseAndTheExampleAre() throws IOException {
    make("schedule", "slow-fall", "--out", project().toString());
    List<String> house = versions(Path.of("..", "pom.xml"));
    for (Path pom :
        List.of(project().resolve("pom.xml"), Path.of("..", "examples", "plugin", "pom.xml"))) {
      assertEquals(5, versions(pom).size(), pom.toString());
      versions(pom).forEach(version -> assertTrue(house.contains(version), version));
    }
    assertTrue(
        Files.readString(Path.of("..", "examples", "plugin", "pom.xml"))
            .contains("<anneal.version>" + Machine.version() + "</anneal.version>"));
  }

  private static List<String> versions(Path pom) throws IOException {
    return VERSIONED
        .matcher(Files.readString(pom))
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .toList();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectories(project());
    Path mine = Files.writeString(project().resolve("notes"), "mine");
    refused(
        project()
            + " is there already, and nothing in it is overwritten; give another folder: --out",
        "schedule",
        "slow-fall",
        "--out=" + project());
    assertEquals("mine", Files.readString(mine));
    refused(mine + " is there already", "schedule", "slow-fall", "--out=" + mine);
    Files.delete(mine);
    assertEquals(0, make("schedule", "slow-fall", "--out=" + project()).exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SlowFall", "slow_fall", "slow-", "2fast", "../up", "slow fall", ""})
  void aNameThatNoPluginMayHaveIsRefused(String name) {
    refused(
        "a plugin is named in lower case with hyphens, as power-sign, not \"" + name + "\"",
        "schedule",
        name,
        "--out=" + project());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    refused(
        "an optimizer is named \"adam\" already, see `anneal plugins adam`; take another name",
        "wrapper",
        "adam",
        "--out=" + project());
    assertEquals(0, make("schedule", "adam", "--out=" + project()).exit());
  }

  @ParameterizedTest
  @CsvSource({
    "schedule, progress, Progress",
    "wrapper, heavy-ball, HeavyBall",
    "optimizer, step-builder, StepBuilder",
    "schedule, math, Math"
  })
  void aClassThatHidesAnotherIsRefused(String kind, String name, String type) {
    refused(
        "the class of \"%s\" would be %s, as one that it uses; take another name"
            .formatted(name, type),
        kind,
        name,
        "--out=" + project());
  }

  @Test
  void aPackageThatJavaRefusesIsRefused() {
    refused(
        "\"com.example.double\" is no name of a package; give one: --package org.example.mine",
        "schedule",
        "double",
        "--package=com.example.double",
        "--out=" + project());
    refused(
        "\"org..mine\" is no name of a package",
        "schedule",
        "slow-fall",
        "--package=org..mine",
        "--out=" + project());
  }

  @Test
  void whatIsMissingIsSaid() {
    refused("Missing required parameters: 'KIND', 'NAME' (see anneal plugins new --help)");
    refused(
        "Invalid value for positional parameter at index 0 (KIND): expected one of"
            + " [SCHEDULE, OPTIMIZER, WRAPPER] (case-insensitive) but was 'layer'",
        "layer",
        "gate");
    Command help = make("--help");
    assertEquals(0, help.exit());
    assertTrue(help.out().contains("anneal plugins new wrapper soft-clip --out"), help.out());
    assertTrue(Command.run("plugins", "--help").out().contains("new"));
  }

  private void refused(String reason, String... arguments) {
    Command command = make(arguments);
    assertEquals(2, command.exit(), command.err());
    assertEquals(1, command.errLines().size(), command.err());
    assertTrue(command.err().contains(reason), command.err());
    assertFalse(Files.exists(project().resolve("pom.xml")));
  }
}
