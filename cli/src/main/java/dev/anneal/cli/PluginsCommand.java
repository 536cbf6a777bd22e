package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.catalogue.PluginDescription;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code anneal plugins}. */
@Command(
    name = "plugins",
    description =
        "Lists the schedules and optimizers that were found; \"new\" begins one of your own.",
    mixinStandardHelpOptions = true,
    subcommands = NewPluginCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anneal plugins adam",
      "  anneal plugins \"clip(adam, global_norm=1)\" --program",
      "  anneal plugins new optimizer power-sign"
    })
final class PluginsCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only plugins of this name; with --program the specification of an optimizer.")
  @Nullable String name;

  @Option(
      names = "--program",
      description =
          "Show what the optimizer's rule is compiled to: what is kept, and what is computed in a"
              + " step, level by level.")
  boolean program;

  @Option(names = "--json", description = "Write a list as JSON to standard output.")
  boolean json;

  @Override
  public Integer call() {
    Catalogue catalogue = main.catalogue();
    Terminal terminal = Terminal.of(json);
    if (program) {
      showPrograms(catalogue, terminal);
      return 0;
    }
    List<PluginDescription> plugins = chosen(catalogue);
    if (json) {
      List<Map<String, @Nullable Object>> all = plugins.stream().map(PluginsCommand::json).toList();
      terminal.machine().println(JsonMapper.shared().writeValueAsString(all));
    } else {
      plugins.forEach(plugin -> print(terminal.human(), plugin));
    }
    catalogue.problems().forEach(problem -> terminal.human().println("not usable: " + problem));
    return 0;
  }

  private List<PluginDescription> chosen(Catalogue catalogue) {
    if (name == null) {
      return catalogue.plugins();
    }
    List<PluginDescription> chosen =
        catalogue.plugins().stream().filter(each -> each.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      List<String> known = catalogue.plugins().stream().map(PluginDescription::name).toList();
      throw new InputException(
          "no plugin is named \"%s\"%s; `anneal plugins` lists them all"
              .formatted(name, Messages.didYouMean(name, known)));
    }
    return chosen;
  }

  private void showPrograms(Catalogue catalogue, Terminal terminal) {
    if (name == null) {
      throw new InputException(
          "--program shows one optimizer: anneal plugins \"clip(adam, global_norm=1)\" --program");
    }
    List<RulePrograms.Entry> programs = RulePrograms.of(catalogue.optimizer(name));
    if (json) {
      terminal.machine().println(JsonMapper.shared().writeValueAsString(programs));
    } else {
      programs.forEach(each -> terminal.human().println(each.title() + "\n\n" + each.program()));
    }
  }

  private static void print(PrintStream out, PluginDescription plugin) {
    out.println("%s %s  (%s)".formatted(plugin.kind(), plugin.name(), plugin.origin()));
    out.println(
        "    " + plugin.summary() + (plugin.source().isEmpty() ? "" : "; " + plugin.source()));
    if (plugin.hasUnit()) {
      out.println("    read \"per iteration\" or \"per epoch\"");
    }
    for (ParameterDescription parameter : plugin.parameters()) {
      String name =
          parameter.name() + (parameter.alias().isEmpty() ? "" : ", " + parameter.alias());
      out.println(
          "    %-20s %-9s %-12s %-10s %s"
              .formatted(
                  name,
                  parameter.type(),
                  parameter.byDefault().isEmpty() ? "required" : "= " + parameter.byDefault(),
                  parameter.range(),
                  parameter.meaning()));
    }
    out.println();
  }

  private static Map<String, @Nullable Object> json(PluginDescription plugin) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", plugin.name());
    json.put("kind", plugin.kind());
    json.put("summary", plugin.summary());
    json.put("citation", plugin.source());
    json.put("per", plugin.hasUnit() ? List.of("iteration", "epoch") : List.of());
    json.put("parameters", plugin.parameters().stream().map(PluginsCommand::json).toList());
    json.put("source", plugin.origin());
    return json;
  }

  private static Map<String, @Nullable Object> json(ParameterDescription parameter) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("alias", parameter.alias().isEmpty() ? null : parameter.alias());
    json.put("type", parameter.type());
    json.put("default", parameter.byDefault().isEmpty() ? null : parameter.byDefault());
    json.put("range", parameter.range());
    json.put("meaning", parameter.meaning());
    return json;
  }
}
