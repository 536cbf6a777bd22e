package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.experiments.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code anneal plugins new}. */
@Command(
    name = "new",
    description =
        "Writes a Maven project with a plugin to begin from, and with a test of the laws.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  anneal plugins new schedule sawtooth",
      "  anneal plugins new optimizer power-sign --package org.example.signs",
      "  anneal plugins new wrapper soft-clip --out plugins/soft-clip"
    })
final class NewPluginCommand implements Callable<Integer> {
  @ParentCommand PluginsCommand plugins = new PluginsCommand();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}; a wrapper is an optimizer around another.")
  PluginProject.Kind kind = PluginProject.Kind.SCHEDULE;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "What specifications call it: lower case, words joined by hyphens.")
  String name = "";

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "Of its classes (default: com.example and the name without hyphens).")
  @Nullable String packageName;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write, a new or an empty folder (default: NAME).")
  @Nullable Path out;

  @Override
  public Integer call() {
    PluginProject project = project();
    Path folder = out == null ? Path.of(name) : out;
    List<String> files = project.write(folder);
    PrintStream terminal = Terminal.of(false).human();
    files.forEach(file -> terminal.println(folder.resolve(file)));
    terminal.println();
    terminal.println(
        "next, after `mvn -q -Dmaven.test.skip=true -pl testkit,processor -am install` in Anneal's"
            + " folder, once:");
    terminal.println("  (cd %s && mvn -q package)".formatted(folder));
    terminal.println(
        "  anneal --plugins %s train --data ionosphere --epochs 20 %s"
            .formatted(folder.resolve("target"), project.use()));
    return 0;
  }

  private PluginProject project() {
    if (!PluginType.isName(name)) {
      throw new InputException(
          "a plugin is named in lower case with hyphens, as power-sign, not \"%s\""
              .formatted(Messages.brief(name)));
    }
    boolean isSchedule = kind == PluginProject.Kind.SCHEDULE;
    if (plugins.main.catalogue().has(isSchedule ? Schedule.class : Optimizer.class, name)) {
      throw new InputException(
          "%s is named \"%s\" already, see `anneal plugins %s`; take another name"
              .formatted(isSchedule ? "a schedule" : "an optimizer", name, name));
    }
    String where = packageName == null ? "com.example." + name.replace("-", "") : packageName;
    if (!SourceVersion.isName(where)) {
      throw new InputException(
          "\"%s\" is no name of a package; give one: --package org.example.mine"
              .formatted(Messages.brief(where)));
    }
    PluginProject project = new PluginProject(kind, name, where, Machine.version());
    if (project.isTaken()) {
      throw new InputException(
          "the class of \"%s\" would be %s, as one that it uses; take another name"
              .formatted(name, project.type()));
    }
    return project;
  }
}
