package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.numeric.NumberFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every optimizer of the catalogue trains the reference networks by its defaults. */
class EveryOptimizerTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "OPTIMIZERS.md");
  private static final String HEAD = "| losses of |";
  private static final String DATE = "Made on \\d{4}-\\d\\d-\\d\\d by";

  private static final List<String> IONOSPHERE = List.of("--data=ionosphere");
  private static final List<String> SMALL_BATCHES =
      List.of("--data=fashion-mnist", "--epochs=1", "--batch=64");
  private static final List<String> LARGE_BATCHES =
      List.of("--data=fashion-mnist", "--epochs=1", "--batch=256");

  /** Those that need more than the optimizer that they go around. */
  private static final Map<String, String> WRITTEN_OUT =
      Map.of(
          "accumulate", "accumulate(adam, steps=4)",
          "clip", "clip(adam, global_norm=1)");

  @TempDir Path folder;

  private static List<String> specifications() {
    return Catalogue.load().plugins().stream()
        .filter(plugin -> plugin.kind().equals("optimizer"))
        .map(plugin ->
            WRITTEN_OUT.getOrDefault(
                plugin.name(),
                plugin.parameters().stream().anyMatch(EveryOptimizerTest::isAnotherOptimizer)
                    ? plugin.name() + "(adam)"
                    : plugin.name()))
        .sorted()
        .toList();
  }

  private static boolean isAnotherOptimizer(ParameterDescription parameter) {
    return parameter.type().equals("optimizer");
  }

  /** The losses of the last epoch, on training and validation samples, as cells of the table. */
  private String losses(String optimizer, List<String> more) {
    Command command =
        Command.run(
            Stream.concat(
                    Stream.of(
                        "train",
                        "--json",
                        "--optimizer=" + optimizer,
                        "--out=" + folder.resolve("run")),
                    more.stream())
                .toArray(String[]::new));
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    return Stream.of("loss", "val_loss")
        .map(name -> {
          JsonNode loss = json.get(name); // null where it is not finite
          assertTrue(loss.isNumber(), () -> optimizer + " " + more + ": " + json);
          return NumberFormats.four(loss.asDouble());
        })
        .collect(Collectors.joining(" | "));
  }

  private static List<String> table() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith(HEAD))
        .skip(2)
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void trainsOnIonosphereAndHasARow() throws IOException {
    specifications().forEach(each -> losses(each, IONOSPHERE));
    assertEquals(specifications(), table().stream().map(row -> row.split("`")[1]).toList());
  }

  @Test
  @Tag("slow") // ten minutes
  void endsWhereTheTableSays() throws IOException {
    List<String> now =
        specifications().stream()
            .map(each ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        each,
                        losses(each, IONOSPHERE),
                        losses(each, SMALL_BATCHES),
                        losses(each, LARGE_BATCHES)))
            .toList();
    if (Boolean.getBoolean("anneal.optimizers.write")) {
      write(now);
    }
    assertEquals(String.join("\n", now), String.join("\n", table()));
  }

  private static void write(List<String> rows) throws IOException {
    String made = "Made on %s by".formatted(LocalDate.now(ZoneId.systemDefault()));
    Files.writeString(
        DOCUMENT,
        Files.readString(DOCUMENT)
            .replace(String.join("\n", table()), String.join("\n", rows))
            .replaceFirst(DATE, made));
  }
}
