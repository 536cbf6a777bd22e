package dev.anneal.cli;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.SavedSchedule;
import dev.anneal.interop.Translators;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** To other frameworks and back, instead of a preview. */
final class TranslateOptions {
  /** Reads what people call a framework. */
  static final class FrameworkName implements ITypeConverter<Framework> {
    @Override
    public Framework convert(String name) {
      return Framework.of(name);
    }
  }

  @Option(
      names = "--as",
      paramLabel = "FRAMEWORK",
      converter = FrameworkName.class,
      description = "Write the schedule as code of keras, pytorch or optax, for the given run.")
  @Nullable Framework framework;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Read the schedule from JSON: the state_dict of a PyTorch scheduler or the get_config of"
              + " a Keras schedule. Without --as, write its specification.")
  @Nullable Path file;

  @Option(
      names = "--stepped",
      paramLabel = "UNIT",
      defaultValue = "epoch",
      description =
          "How often step() was called, epoch or iteration, which a state_dict does not say"
              + " (default: ${DEFAULT-VALUE}).")
  Unit stepped = Unit.EPOCH;

  /** Whether there is something to translate. */
  boolean isAsked() {
    return framework != null || file != null;
  }

  /**
   * Writes the translation to standard output, and what a reader should know of a file that was
   * read to standard error.
   *
   * @param translators who translates
   * @param specified whether there are schedules on the command line
   * @param previews those
   * @param run the run that the code is for
   */
  void print(
      Translators translators,
      boolean specified,
      Supplier<List<Preview>> previews,
      PlannedRun run) {
    Terminal terminal = Terminal.of(true);
    if (specified && file != null) {
      throw new InputException("give a schedule or --from, not both");
    }
    Schedule schedule;
    if (file == null) {
      List<Preview> all = previews.get();
      if (all.size() > 1) {
        throw new InputException("--as translates one schedule, not " + all.size());
      }
      schedule = all.getFirst().rate().schedule();
    } else {
      SavedSchedule reading = translators.read(json(file), stepped);
      reading.notes().forEach(note -> terminal.human().println("note: " + note));
      schedule = reading.schedule();
    }
    terminal
        .machine()
        .println(
            framework == null
                ? Catalogue.print(schedule)
                : translators
                    .translate(schedule, framework, run.iterationsPerEpoch(), run.iterations())
                    .text()
                    .stripTrailing());
  }

  private static Map<String, ?> json(Path file) {
    // Python writes the best metric before the first epoch as Infinity.
    JsonMapper reader =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    try {
      JsonNode read = reader.readTree(Files.readString(file));
      if (!read.isObject()) {
        throw new InputException(file + " is no JSON object");
      }
      return reader.convertValue(read, new TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new InputException("cannot read " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new InputException(
          "%s is no JSON object: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }
}
