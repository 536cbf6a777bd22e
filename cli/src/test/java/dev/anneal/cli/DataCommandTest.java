package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataCommandTest {
  @TempDir Path folder;

  private String table() throws IOException {
    StringBuilder text = new StringBuilder("Nr;Größe;Art\n");
    for (int i = 1; i <= 20; i++) {
      text.append("%d;%d,5;%s%n".formatted(i, i % 3, i > 10 ? "b" : "a"));
    }
    return "csv:" + Files.writeString(folder.resolve("a.csv"), text);
  }

  @Test
  void saysWhatIsInATable() throws IOException {
    Command command = Command.run("data", table());
    assertEquals(0, command.exit(), command.err());
    String out = command.out();
    assertTrue(out.contains("20 rows, 3 columns; semicolons, decimal commas, a header"), out);
    assertTrue(out.contains("0.5000 to 2.500, mean 1.550"), out);
    assertTrue(out.contains("a 10, b 10"), out);
    assertTrue(out.contains("column \"Nr\" is another in each row"), out);
    assertTrue(out.contains("column \"Art\" lies in the order of its values"), out);
  }

  @Test
  void longTextsAndThoseOfSeveralLinesKeepToTheirLine() throws IOException {
    String text = "\"a\nname\",note,year,sum\n";
    for (int i = 0; i < 20; i++) {
      text += "\"two\nlines\",%s,%d,%d.5\n".formatted("long ".repeat(100), 1990 + i, 12345 * i);
    }
    Command command = Command.run("data", Files.writeString(folder.resolve("b.csv"), text) + "");
    List<String> lines =
        command.outLines().stream().map(line -> line.replaceAll(" +", " ")).toList();
    assertEquals(
        List.of(
            "a name categories 1 two lines 20",
            "note categories 1 long long long long long long… 20",
            "year numbers 20 1990 to 2009, mean 2000",
            "sum numbers 20 0.5000 to 234600, mean 117278"),
        lines.subList(3, 7),
        command.out());
    assertTrue(lines.stream().allMatch(line -> line.length() < 200), command.out());
  }

  @Test
  void ofAWideTableTheFirstColumnsAreShownUnlessAllAreAskedFor() throws IOException {
    String row = "1,".repeat(5000);
    Path file =
        Files.writeString(folder.resolve("wide.csv"), (row + "a\n" + row + "b\n").repeat(5));
    Command few = Command.run("data", file.toString());
    assertTrue(few.out().contains("\nand 4,951 more; --all shows them\n"), few.out());
    assertTrue(few.outLines().size() < 150, () -> few.outLines().size() + " lines");
    Command all = Command.run("data", file.toString(), "--all");
    assertTrue(all.outLines().stream().anyMatch(line -> line.startsWith("5001 ")), all.err());
    JsonNode json = JsonMapper.shared().readTree(Command.run("data", file + "", "--json").out());
    assertEquals(5001, json.get("columns").size());
  }

  @Test
  void saysSoToMachines() throws IOException {
    Command command = Command.run("data", table(), "--json");
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(20, json.get("rows").asInt());
    assertEquals(2.5, json.at("/columns/1/greatest").asDouble());
    assertEquals(10, json.at("/columns/2/counts/b").asInt());
    assertEquals("classification", json.at("/training/task").asString());
    assertEquals(2, json.at("/training/inputs").size());
    assertEquals(4, json.at("/training/validation_samples").asInt());
    assertEquals("identifier", json.at("/findings/1/rule").asString());
    assertEquals("Nr", json.at("/findings/1/column").asString());
  }

  @Test
  void saysWhatTrainingWouldRefuse() throws IOException {
    Path file = Files.writeString(folder.resolve("one.csv"), "x,kind\n1,a\n2,a\n");
    Command command = Command.run("data", "csv:" + file);
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("training would refuse it: "), command.out());
    assertTrue(command.out().contains("all rows have \"a\""), command.out());
  }

  @Test
  void whatIsNoTableIsRefusedInALine() throws IOException {
    Command none = Command.run("data", "csv:" + folder.resolve("none.csv"));
    assertEquals(2, none.exit());
    assertEquals(1, none.errLines().size(), none.err());
    Path binary = Files.write(folder.resolve("b"), new byte[] {1, 0, 2});
    Command bytes = Command.run("data", binary.toString());
    assertEquals(2, bytes.exit());
    assertTrue(bytes.err().contains("not a table of text"), bytes.err());
    assertEquals(2, Command.run("data", "csv:").exit());
  }
}
