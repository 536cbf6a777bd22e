package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.catalogue.PluginDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/SCHEDULES.md is what the annotations say. {@code -Danneal.write-tables=true}
 * writes it anew.
 */
class ScheduleTableTest {
  private static final Path PAGE = Path.of("..", "docs", "SCHEDULES.md");
  private static final String BEGIN = "<!-- table of the built-in schedules -->\n";
  private static final String END = "<!-- end of the table -->\n";

  @Test
  void thePageListsTheSchedulesAsTheyAre() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("anneal.write-tables")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertEquals(table, page.substring(begin, end));
    }
  }

  private static String table() {
    return "| schedule | value | source |\n|---|---|---|\n"
        + Catalogue.of(List.of(new BuiltInSchedules())).plugins().stream()
            .map(ScheduleTableTest::row)
            .collect(Collectors.joining());
  }

  private static String row(PluginDescription plugin) {
    String parameters =
        plugin.parameters().stream()
            .map(ScheduleTableTest::parameter)
            .collect(Collectors.joining(", "));
    return "| `%s(%s)`%s | %s | %s |\n"
        .formatted(
            plugin.name(),
            parameters,
            plugin.hasUnit() ? " per …" : "",
            plugin.summary().replace("*", "·").replace("|", "\\|"),
            plugin.source());
  }

  private static String parameter(ParameterDescription parameter) {
    return parameter.byDefault().isEmpty()
        ? parameter.name()
        : parameter.name() + "=" + parameter.byDefault();
  }
}
